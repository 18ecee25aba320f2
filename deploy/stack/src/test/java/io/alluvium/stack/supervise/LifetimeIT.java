package io.alluvium.stack.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.stack.LocalStack;
import io.alluvium.stack.ProcessStatus;
import io.alluvium.stack.StackConfig;
import io.alluvium.stack.StackProgram;
import io.alluvium.stack.junit.TestFolders;
import io.alluvium.stack.process.ChildProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of the processes when the program that started them ends, in every way it can. */
class LifetimeIT {
  private final Path data = TestFolders.fresh();

  @AfterEach
  void stopWhatIsLeft() {
    LocalStack.attach(data, StackListener.SILENT).ifPresent(LocalStack::down);
  }

  @Test
  void detachedProcessesOutliveTheirProgramAndAreStoppedByAnother() throws Exception {
    Process program = start(Lifetime.DETACHED);
    assertThat(program.waitFor()).isZero();
    List<ProcessStatus> running = attached().status();
    assertThat(running).hasSize(2).allMatch(p -> p.state() == ProcessStatus.State.RUNNING);

    attached().down();

    assertThat(running).allMatch(LifetimeIT::gone);
  }

  @Test
  void tiedProcessesEndWithTheirProgram() throws Exception {
    Process program = start(Lifetime.TIED);
    awaitUp(program);
    List<ProcessStatus> running = attached().status();

    program.destroy();
    program.waitFor();

    assertThat(running).hasSize(2).allMatch(LifetimeIT::gone);
    assertThat(attached().status()).isEmpty();
  }

  @Test
  void whatAKilledProgramLeftRunningIsTakenOver() throws Exception {
    Process program = start(Lifetime.TIED);
    awaitUp(program);
    List<Long> pids = attached().status().stream().map(ProcessStatus::pid).toList();
    program.destroyForcibly().waitFor();

    LocalStack next = LocalStack.up(StackConfig.in(data).withFreePorts(), StackListener.SILENT);

    assertThat(next.status()).extracting(ProcessStatus::pid).containsExactlyElementsOf(pids);
  }

  @Test
  void aDirectoryWhereEverythingWasKilledIsTakenUpAgain() throws Exception {
    Process program = start(Lifetime.TIED);
    awaitUp(program);
    program.destroyForcibly().waitFor();
    attached().kill("broker");
    attached().kill("registry");

    LocalStack next = LocalStack.up(StackConfig.in(data).withFreePorts(), StackListener.SILENT);

    assertThat(next.status()).hasSize(2).allMatch(p -> p.state() == ProcessStatus.State.RUNNING);
  }

  private LocalStack attached() {
    return LocalStack.attach(data, StackListener.SILENT).orElseThrow();
  }

  private Process start(Lifetime lifetime) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dalluvium.home=" + System.getProperty("alluvium.home"),
            "-cp",
            System.getProperty("java.class.path"),
            StackProgram.class.getName(),
            data.toString(),
            lifetime.name())
        .redirectErrorStream(true)
        .start();
  }

  private static void awaitUp(Process program) throws IOException {
    try (BufferedReader output = program.inputReader()) {
      assertThat(output.lines().filter("up"::equals).findFirst()).isPresent();
    }
  }

  private static boolean gone(ProcessStatus process) {
    return ChildProcess.of(process.name(), process.pid()).equals(Optional.empty());
  }
}
