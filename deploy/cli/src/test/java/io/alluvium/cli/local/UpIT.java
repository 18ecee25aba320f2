package io.alluvium.cli.local;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.cli.Alluvium;
import io.alluvium.cli.Cli;
import io.alluvium.cli.local.plan.AppPlan;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.ProcessStatus;
import io.alluvium.stack.junit.TestFolders;
import io.alluvium.stack.keep.KeeperProgram;
import io.alluvium.stack.process.ChildProcess;
import io.alluvium.stack.supervise.StackListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code up} as people type it: twice, without the ports of the first time, and broken off. */
class UpIT {
  private final Path data = TestFolders.fresh();

  @AfterEach
  void stop() {
    LocalStack.attach(data, StackListener.SILENT).ifPresent(LocalStack::down);
  }

  @Test
  void secondUpRestartsNothingAndABareOneStaysOnThePortsOfTheFirst() {
    int kafka = LocalStack.freePort();
    int registry = LocalStack.freePort();
    up("--kafka-port=" + kafka, "--registry-port=" + registry, "--metrics-port=0");
    Map<String, Long> pids = pids();
    assertThat(pids).containsKeys(AppPlan.STREAMS, AppPlan.SCORE, AppPlan.TRAIN);

    up();

    assertThat(pids()).isEqualTo(pids);
    assertThat(stack().bootstrapServers()).endsWith(":" + kafka);
    assertThat(stack().registryUrl()).contains(":" + registry + "/");
    assertThat(run("status").code()).isZero();

    stack().kill(AppPlan.STREAMS);

    Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> run("status").code() == 0);
    assertThat(run("status").out())
        .containsPattern("streams-app +running .* restarts 1, last end: killed \\(signal 9\\)");
    assertThat(pids().get(AppPlan.STREAMS)).isNotEqualTo(pids.get(AppPlan.STREAMS));

    stack().stop(AppPlan.SCORE);

    Cli.Result status = run("status");
    assertThat(status.code()).isEqualTo(1);
    assertThat(status.out()).containsPattern("trainer-score +missing");
    assertThat(run("status", "--format", "json").json().get(0).get("processes").toString())
        .contains("{\"name\":\"trainer-score\",\"state\":\"missing\"}");

    List<ProcessStatus> last = processes();
    assertThat(run("down").code()).isZero();
    assertThat(last).extracting(ProcessStatus::name).contains(KeeperProgram.NAME);
    assertThat(last).allMatch(UpIT::gone);
  }

  @Test
  void settingThatNoProgramKnowsIsRefusedBeforeAnythingIsStarted() throws IOException {
    Cli.Result result = run("up", "--free-ports", "--set", "trainer.windw.examples=3");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.errLines()).singleElement().asString().contains("windw is not a known key");
    try (var files = Files.list(data)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void upThatIsBrokenOffLeavesNothingRunning() throws Exception {
    Process up = process("up", "--free-ports", "--data", data.toString());
    List<ProcessStatus> seen = new ArrayList<>();
    Awaitility.await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofMinutes(2))
        .until(() -> seen.addAll(processes()));

    up.destroy();
    up.waitFor();

    assertThat(seen).isNotEmpty().allMatch(UpIT::gone);
    assertThat(processes()).isEmpty();
  }

  private static boolean gone(ProcessStatus process) {
    return ChildProcess.of(process.name(), process.pid()).isEmpty();
  }

  private List<ProcessStatus> processes() {
    return LocalStack.attach(data, StackListener.SILENT).map(LocalStack::status).orElse(List.of());
  }

  private void up(String... options) {
    List<String> arguments = new ArrayList<>(List.of("up"));
    arguments.addAll(List.of(options));
    Cli.Result result = run(arguments.toArray(String[]::new));
    assertThat(result.code()).as(result.err()).isZero();
  }

  private Cli.Result run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--data=" + data);
    return Cli.run(all.toArray(String[]::new));
  }

  private LocalStack stack() {
    return LocalStack.attach(data, StackListener.SILENT).orElseThrow();
  }

  private Map<String, Long> pids() {
    return stack().status().stream().collect(toMap(ProcessStatus::name, ProcessStatus::pid));
  }

  private static Process process(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dalluvium.home=" + System.getProperty("alluvium.home"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Alluvium.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
