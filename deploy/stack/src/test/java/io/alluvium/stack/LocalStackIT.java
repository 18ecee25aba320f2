package io.alluvium.stack;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.stack.junit.TestFolders;
import io.alluvium.stack.process.ChildProcess;
import io.alluvium.stack.process.SetupException;
import io.alluvium.stack.supervise.StackListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalStackIT {
  private final Path data = TestFolders.fresh();

  @AfterEach
  void stopWhatIsLeft() {
    LocalStack.attach(data, StackListener.SILENT).ifPresent(LocalStack::down);
  }

  @Test
  void keepsRecordsAndSchemaIdsOverAnOrderlyStop() throws Exception {
    LocalStack first = up();
    String id = fill(first);
    first.down();

    LocalStack second = up();

    assertKept(second, id);
    assertThat(second.bootstrapServers()).isEqualTo(first.bootstrapServers());
    assertThat(second.registryUrl()).isEqualTo(first.registryUrl());
  }

  @Test
  void keepsRecordsAndSchemaIdsWhenServersAreKilled() throws Exception {
    LocalStack first = up();
    String id = fill(first);
    first.kill("broker");
    first.restart("broker");
    assertKept(first, id);
    // Nothing may lie between this and the kill: the registry has no time to write later.
    new Clients(first).register("third");
    first.kill("registry");
    first.kill("broker");
    assertThat(states(first))
        .hasSize(2)
        .containsValue(ProcessStatus.State.GONE)
        .doesNotContainValue(ProcessStatus.State.RUNNING);

    LocalStack second = up();

    assertKept(second, id);
    assertThat(new Clients(second).get("/subjects")).contains("third");
  }

  @Test
  void findsAProcessThatWasStartedButNeverNotedDown() throws Exception {
    LocalStack first = up();
    long broker = requireNonNull(pids(first).get("broker"));
    Files.delete(data.resolve("stack.json"));

    LocalStack second = up();

    assertThat(pids(second).get("broker")).isNotEqualTo(broker);
    assertThat(ChildProcess.of("broker", broker)).isEmpty();
  }

  @Test
  void takesOverWhatStillRunsEvenIfItIsFrozen() {
    LocalStack first = up();
    Map<String, Long> pids = pids(first);
    first.pause("registry");
    assertThat(states(first)).containsEntry("registry", ProcessStatus.State.NOT_READY);

    LocalStack second = up();

    assertThat(pids(second)).isEqualTo(pids);
    assertThat(states(second)).containsEntry("registry", ProcessStatus.State.RUNNING);
  }

  @Test
  void leavesNeitherProcessesNorWarningsAfterDown() throws Exception {
    LocalStack stack = up();
    fill(stack);
    Map<String, Long> pids = pids(stack);

    stack.down();

    assertThat(stack.status()).isEmpty();
    assertThat(pids)
        .allSatisfy(
            (name, pid) -> assertThat(ChildProcess.of(name, pid)).isEqualTo(Optional.empty()));
    try (var broker = Files.lines(stack.log("broker"));
        var registry = Files.lines(stack.log("registry"))) {
      assertThat(broker).noneMatch(LocalStackIT::warns);
      assertThat(registry).noneMatch(LocalStackIT::warns);
    }
  }

  @Test
  void namesThePortThatIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      StackConfig config = StackConfig.in(data).withPorts(port, 0);

      assertThatThrownBy(() -> LocalStack.up(config, StackListener.SILENT))
          .isInstanceOf(SetupException.class)
          .hasMessage(
              "Kafka port %d is in use by another program; stop that program or choose another port"
                  + " with --kafka-port (0: any free one)",
              port);
    }
  }

  @Test
  void namesTheDirectoryThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(data.resolve("file"), "");
    Path below = file.resolve("stack");
    StackConfig config = StackConfig.in(below).withFreePorts();

    assertThatThrownBy(() -> LocalStack.up(config, StackListener.SILENT))
        .isInstanceOf(SetupException.class)
        .hasMessage("data directory " + below + " is not writable; make it so or name another");
  }

  @Test
  void saysWhyAServerDidNotStart() throws Exception {
    Files.createDirectories(data.resolve("broker/data"));
    Files.writeString(data.resolve("broker/data/meta.properties"), "nonsense\n");

    assertThatThrownBy(this::up)
        .hasMessageContaining("broker ended before it was ready: ")
        .hasMessageContaining(data.resolve("logs/broker.log").toString())
        .hasMessageNotContaining("\n");

    assertThat(LocalStack.attach(data, StackListener.SILENT))
        .hasValueSatisfying(stack -> assertThat(stack.status()).isEmpty());
  }

  private static boolean warns(String line) {
    return line.contains(" WARN ") || line.contains(" ERROR ") || line.contains(" FATAL ");
  }

  private LocalStack up() {
    return LocalStack.up(StackConfig.in(data).withFreePorts(), StackListener.SILENT);
  }

  private static String fill(LocalStack stack)
      throws IOException, InterruptedException, ExecutionException {
    Clients clients = new Clients(stack);
    clients.createTopic("examples");
    clients.send("examples", "one", "two");
    clients.register("first");
    return clients.register("second");
  }

  private static void assertKept(LocalStack stack, String id)
      throws IOException, InterruptedException {
    Clients clients = new Clients(stack);
    assertThat(clients.read("examples")).containsExactly("one", "two");
    assertThat(clients.get("/subjects")).contains("first", "second");
    assertThat(clients.register("second")).isEqualTo(id);
  }

  private static Map<String, ProcessStatus.State> states(LocalStack stack) {
    return stack.status().stream().collect(toMap(ProcessStatus::name, ProcessStatus::state));
  }

  private static Map<String, Long> pids(LocalStack stack) {
    return stack.status().stream().collect(toMap(ProcessStatus::name, ProcessStatus::pid));
  }
}
