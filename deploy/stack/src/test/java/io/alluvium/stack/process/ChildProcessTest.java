package io.alluvium.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChildProcessTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Process process = start("exec sleep 600");

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  @Test
  void isFoundByItsNumber() {
    assertThat(child().alive()).isTrue();
  }

  @Test
  void isNotAliveAfterItWasKilled() {
    ChildProcess child = child();

    child.kill();

    assertThat(child.alive()).isFalse();
    assertThat(ChildProcess.of("sleep", process.pid())).isEmpty();
  }

  @Test
  void endsByItselfWhenAsked() {
    assertThat(child().stop(LONG)).isTrue();
  }

  @Test
  void endsWhenAskedEvenWhileFrozen() {
    ChildProcess child = child();
    child.pause();

    assertThat(child.stop(LONG)).isTrue();
  }

  @Test
  void isEndedWhenItDoesNotListen() {
    Process deaf = start("trap '' TERM; echo ready; while true; do sleep 1; done");
    ChildProcess child = ChildProcess.of("deaf", deaf.pid()).orElseThrow();
    assertThat(deaf.inputReader().lines().findFirst()).contains("ready");

    assertThat(child.stop(Duration.ofMillis(200))).isFalse();

    assertThat(child.alive()).isFalse();
  }

  @Test
  void aStrangerWithItsNumberIsNotTouched() {
    ChildProcess child = child();
    ChildProcess earlier = new ChildProcess("earlier", child.pid(), child.start() - 1);

    assertThat(earlier.alive()).isFalse();
    assertThat(earlier.stop(LONG)).isTrue();
    earlier.kill();

    assertThat(child.alive()).isTrue();
  }

  private ChildProcess child() {
    return ChildProcess.of("sleep", process.pid()).orElseThrow();
  }

  private static Process start(String script) {
    try {
      return new ProcessBuilder("sh", "-c", script).start();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
