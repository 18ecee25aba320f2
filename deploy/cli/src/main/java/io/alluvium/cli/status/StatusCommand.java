package io.alluvium.cli.status;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.adapters.AdapterHistory;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.ConnectionOptions;
import io.alluvium.cli.local.LocalSystem;
import io.alluvium.cli.local.Overview;
import io.alluvium.cli.terminal.ExitCode;
import io.alluvium.cli.terminal.FormatOption;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.Topic;
import io.alluvium.stack.ProcessStatus;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code alluvium status}: what runs, what waits, which versions are current. */
@Command(
    name = "status",
    description = "Show processes, records that wait per stage, and current versions.",
    footer = {
      "",
      "Waiting counts records behind the offsets of streams-app, scorer and trainer; 0 when drained.",
      "",
      "Examples:",
      "  alluvium status",
      "  alluvium status --format json",
      "  alluvium status --bootstrap kafka:9092 --registry http://registry:8081",
      "",
      "Exit: 0 all is well, 1 a process is gone or not ready, 3 no broker answers."
    })
public final class StatusCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Mixin private final FormatOption format = new FormatOption();

  /** Speaks to a terminal. */
  public StatusCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<ProcessStatus> processes = LocalSystem.processes(connection.folder());
    if (!format.isJson()) {
      processes.forEach(process -> terminal.print(Overview.line(process)));
    }
    Cluster cluster = connection.cluster().ensureReachable();
    Map<String, Long> waiting = waiting(cluster);
    Map<String, AdapterState> adapters = new TreeMap<>(AdapterHistory.read(cluster).states());
    if (format.isJson()) {
      terminal.print(json(processes, waiting, adapters));
    } else {
      waiting.forEach(
          (stage, records) -> terminal.print("%-38s %d waiting".formatted(stage, records)));
      adapters.values().forEach(state -> terminal.print(line(state)));
    }
    boolean well = processes.stream().allMatch(p -> p.state() == ProcessStatus.State.RUNNING);
    return (well ? ExitCode.OK : ExitCode.FAILED).code();
  }

  private static Map<String, Long> waiting(Cluster cluster) {
    Backlog backlog = new Backlog(cluster);
    String prefix = cluster.topics().prefix();
    Map<String, Long> waiting = new TreeMap<>();
    stages(cluster)
        .forEach(
            (topic, group) ->
                waiting.put(topic.name() + " for " + group, backlog.of(prefix + group, topic)));
    return waiting;
  }

  private static Map<Topic<?>, String> stages(Cluster cluster) {
    return Map.of(
        cluster.topics().examples(), "alluvium-streams",
        cluster.topics().accepted(), "alluvium-score",
        cluster.topics().scored(), "alluvium-streams",
        cluster.topics().training(), "alluvium-train");
  }

  private static String state(ProcessStatus process) {
    return process.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String line(AdapterState state) {
    return "adapter %s  current %s  last %d"
        .formatted(state.getAdapter(), state.getCurrentVersion(), state.getLastVersion());
  }

  private static ObjectNode json(
      List<ProcessStatus> processes,
      Map<String, Long> waiting,
      Map<String, AdapterState> adapters) {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    for (ProcessStatus process : processes) {
      ObjectNode node = status.withArray("processes").addObject();
      node.put("name", process.name()).put("state", state(process)).put("pid", process.pid());
      node.put("health", process.health().toString()).put("log", process.log().toString());
    }
    waiting.forEach(status.withObject("/waiting")::put);
    for (AdapterState state : adapters.values()) {
      ObjectNode node = status.withArray("adapters").addObject();
      node.put("adapter", state.getAdapter()).put("currentVersion", state.getCurrentVersion());
      node.put("lastVersion", state.getLastVersion());
    }
    return status;
  }
}
