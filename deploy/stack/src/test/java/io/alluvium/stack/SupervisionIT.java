package io.alluvium.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.stack.junit.LocalStackExtension;
import io.alluvium.stack.keep.KeeperProgram;
import io.alluvium.stack.keep.Limits;
import io.alluvium.stack.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that die in every way, and a supervisor that dies too. */
class SupervisionIT {
  @RegisterExtension static final LocalStackExtension STACK = LocalStackExtension.own();

  private static final String NAME = HealthyAppFixture.NAME;
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Limits QUICK =
      new Limits(Duration.ofMillis(50), Duration.ofMillis(200), 3, Duration.ofMinutes(10));

  private final LocalStack stack = STACK.stack();
  private final HealthyAppFixture healthy;

  SupervisionIT(@TempDir Path folder) throws IOException {
    this.healthy = HealthyAppFixture.in(folder);
  }

  @BeforeEach
  void supervise() {
    stack.supervise(QUICK);
  }

  @AfterEach
  void stop() {
    stack.unsupervised();
    stack.stop(NAME);
  }

  @Test
  void startsAgainWhatWasKilledAndSaysHowOftenAndWhy() {
    ChildProcess first = stack.startApp(healthy.spec());

    stack.kill(NAME);

    ProcessStatus second = await(status -> runs(status) && status.pid() != first.pid());
    assertThat(second.restarts().count()).isPositive();
    assertThat(second.restarts().lastEnd()).isEqualTo("killed (signal 9)");
    assertThat(second.restarts().givenUp()).isFalse();
  }

  @Test
  void startsTheBrokerAgain() {
    long before = status("broker").orElseThrow().pid();

    stack.kill("broker");

    Awaitility.await()
        .atMost(SOON)
        .until(() -> status("broker").filter(s -> runs(s) && s.pid() != before).isPresent());
  }

  @Test
  void leavesWhatOnlyAPersonCanPutRightUntilAPersonStartsIt() throws Exception {
    stack.startApp(healthy.spec());

    healthy.ask("/misconfigure");

    ProcessStatus left = await(status -> status.restarts().givenUp());
    assertThat(left.state()).isEqualTo(ProcessStatus.State.GONE);
    assertThat(left.restarts().lastEnd())
        .startsWith(
            "not started again, only a person can put it right: exit code 2:"
                + " Error: what was configured is gone (log: ");

    stack.startApp(healthy.spec());
    await(status -> !status.restarts().givenUp());
    stack.kill(NAME);
    await(SupervisionIT::runs);
  }

  @Test
  void givesUpWhatDiesAgainAndAgain() throws IOException {
    int before = status(NAME).map(status -> status.restarts().count()).orElse(0);
    stack.startApp(healthy.spec());
    Files.writeString(healthy.config(), "crash");

    stack.kill(NAME);

    ProcessStatus left = await(status -> status.restarts().givenUp());
    assertThat(left.restarts().count() - before).isGreaterThanOrEqualTo(QUICK.restarts());
    assertThat(left.restarts().lastEnd())
        .startsWith("given up after 3 restarts within 600 s: exit code 1: Error: this application");
  }

  @Test
  void leavesAloneWhatWasStopped() {
    ChildProcess app = stack.startApp(healthy.spec());

    stack.stop(NAME);

    // The broker was killed later and is back: the supervisor has looked at all since.
    startsTheBrokerAgain();
    assertThat(status(NAME)).isEmpty();
    assertThat(app.alive()).isFalse();
  }

  @Test
  void isItselfStartedAgainByTheNextUpAndTwoNeverRun() {
    stack.startApp(healthy.spec());
    ProcessStatus supervisor = status(KeeperProgram.NAME).orElseThrow();
    stack.supervise(QUICK);
    assertThat(status(KeeperProgram.NAME).orElseThrow().pid()).isEqualTo(supervisor.pid());

    stack.kill(KeeperProgram.NAME);
    stack.kill(NAME);
    assertThat(status(NAME).orElseThrow().state()).isEqualTo(ProcessStatus.State.GONE);
    stack.supervise(QUICK);

    await(SupervisionIT::runs);
    assertThat(status(KeeperProgram.NAME).orElseThrow().pid()).isNotEqualTo(supervisor.pid());
    assertThat(second()).contains("another supervisor keeps " + stack.data());
  }

  /** What a supervisor says that is started by hand beside the one that runs. */
  private String second() {
    try {
      Path arguments = stack.data().resolve(KeeperProgram.NAME).resolve("java.args");
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "@" + arguments)
              .redirectErrorStream(true)
              .start();
      return new String(
          process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private ProcessStatus await(Predicate<ProcessStatus> holds) {
    return Awaitility.await()
        .atMost(SOON)
        .until(() -> status(NAME).filter(holds), Optional::isPresent)
        .orElseThrow();
  }

  private static boolean runs(ProcessStatus status) {
    return status.state() == ProcessStatus.State.RUNNING;
  }

  private Optional<ProcessStatus> status(String name) {
    return stack.status().stream().filter(process -> process.name().equals(name)).findFirst();
  }
}
