package io.alluvium.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.stack.junit.LocalStackExtension;
import io.alluvium.stack.process.ChildProcess;
import io.alluvium.stack.process.SetupException;
import io.alluvium.stack.process.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalStackExtension.class)
class AppsIT {
  private static final String NAME = HealthyAppFixture.NAME;

  private final LocalStack stack;
  private final HealthyAppFixture healthy;

  AppsIT(LocalStack stack, @TempDir Path folder) throws IOException {
    this.stack = stack;
    this.healthy = HealthyAppFixture.in(folder);
  }

  @AfterEach
  void stop() {
    stack.stop(NAME);
  }

  @Test
  void leavesAnUnchangedApplicationRunning() {
    ChildProcess first = stack.startApp(healthy.spec());

    assertThat(stack.startApp(healthy.spec())).isEqualTo(first);
  }

  @Test
  void startsAnApplicationAnewWhenItsConfigurationChanges() throws IOException {
    ChildProcess first = stack.startApp(healthy.spec());
    Files.writeString(healthy.config(), healthy.port() + " changed");

    ChildProcess second = stack.startApp(healthy.spec());

    assertThat(first.alive()).isFalse();
    assertThat(second.alive()).isTrue();
  }

  @Test
  void startsAnApplicationAnewWhenItNoLongerAnswers() throws Exception {
    ChildProcess first = stack.startApp(healthy.spec());
    healthy.ask("/sicken");

    ChildProcess second = stack.startApp(healthy.spec());

    assertThat(first.alive()).isFalse();
    assertThat(second.alive()).isTrue();
  }

  @Test
  void startsAKilledApplicationAgain() {
    ChildProcess first = stack.startApp(healthy.spec());
    stack.kill(NAME);
    assertThat(first.alive()).isFalse();

    ChildProcess second = stack.restart(NAME);

    assertThat(second.alive()).isTrue();
  }

  @Test
  void freezesAnApplicationAndLetsItGoOn() {
    ChildProcess app = stack.startApp(healthy.spec());

    stack.pause(NAME);
    assertThat(state()).isEqualTo(ProcessStatus.State.NOT_READY);
    stack.resume(NAME);

    assertThat(state()).isEqualTo(ProcessStatus.State.RUNNING);
    assertThat(app.alive()).isTrue();
  }

  @Test
  void stopsAFrozenApplication() {
    ChildProcess app = stack.startApp(healthy.spec());
    stack.pause(NAME);

    stack.stop(NAME);

    assertThat(app.alive()).isFalse();
  }

  @Test
  void saysWhyAnApplicationDidNotStart() throws IOException {
    Files.writeString(healthy.config(), "refuse");

    assertThatThrownBy(() -> stack.startApp(healthy.spec()))
        .isInstanceOf(StartException.class)
        .hasMessage(
            "%s ended before it was ready: Exception: this application refuses to start (log: %s)",
            NAME, stack.log(NAME));
  }

  @Test
  void saysThatAnApplicationDoesNotAnswerAndEndsIt() throws IOException {
    Files.writeString(healthy.config(), Integer.toString(LocalStack.freePort()));

    assertThatThrownBy(() -> stack.startApp(healthy.spec().withReadyWithin(Duration.ofSeconds(1))))
        .isInstanceOf(StartException.class)
        .hasMessageContaining(
            NAME + " did not answer at http://127.0.0.1:" + healthy.port() + "/health within 1 s");

    assertThat(stack.status()).noneMatch(process -> process.name().equals(NAME));
  }

  @Test
  void refusesToKillWhatWasNeverStarted() {
    assertThatThrownBy(() -> stack.kill("nobody"))
        .isInstanceOf(SetupException.class)
        .hasMessage("no process nobody was started in " + stack.data());
  }

  private ProcessStatus.State state() {
    return stack.status().stream()
        .filter(process -> process.name().equals(NAME))
        .findFirst()
        .orElseThrow()
        .state();
  }
}
