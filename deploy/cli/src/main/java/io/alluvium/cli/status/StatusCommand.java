package io.alluvium.cli.status;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.adapters.AdapterHistory;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.ConnectionOptions;
import io.alluvium.cli.local.LocalSystem;
import io.alluvium.cli.local.Overview;
import io.alluvium.cli.terminal.ExitCode;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.stack.ProcessStatus;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code alluvium status}: what runs, what waits, which versions are current. */
@Command(
    name = "status",
    description = "Show processes, records that wait per stage, and current versions.",
    footer = {
      "",
      "Waiting counts records that streams-app, scorer and trainer have not read, and those that the "
          + "trainer read and keeps for a window; 0 when drained. What they wait for, and the records "
          + "per adapter, are known where the trainer of this machine answers.",
      "",
      "Examples:",
      "  alluvium status",
      "  alluvium status --format json",
      "  alluvium status --bootstrap-server kafka:9092 --registry http://registry:8081",
      "",
      "Exit: 0 all processes of the local stack run, 1 one is missing, gone or not ready, 3 no broker or registry "
          + "answers. With --bootstrap-server or --config only the processes that are there count."
    })
public final class StatusCommand implements Callable<Integer> {
  private static final String MISSING = "missing";

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
    List<String> missing =
        connection.isLocal() ? LocalSystem.missing(connection.folder(), processes) : List.of();
    if (!format.isJson()) {
      processes.forEach(process -> terminal.print(Overview.line(process)));
      missing.forEach(name -> terminal.print(Overview.missing(name)));
    }
    Cluster cluster = connection.cluster().ensureReachable();
    Map<String, Long> waiting = waiting(cluster);
    Optional<TrainerGauges> gauges = TrainerGauges.of(processes);
    SortedMap<String, Long> reasons =
        gauges.map(TrainerGauges::reasons).orElseGet(Collections::emptySortedMap);
    List<AdapterStanding> adapters = standings(AdapterHistory.read(cluster), gauges);
    if (format.isJson()) {
      ObjectNode json = json(processes, new Waiting(waiting, reasons), adapters);
      missing.forEach(
          name -> json.withArray("processes").addObject().put("name", name).put("state", MISSING));
      terminal.print(json);
    } else {
      waiting.forEach(
          (stage, records) -> terminal.print("%-38s %d waiting".formatted(stage, records)));
      reasons.forEach(
          (reason, records) -> terminal.print("  %-36s %d".formatted(words(reason), records)));
      adapters.forEach(adapter -> adapter.text().forEach(terminal::print));
    }
    boolean well =
        missing.isEmpty()
            && processes.stream().allMatch(p -> p.state() == ProcessStatus.State.RUNNING);
    return (well ? ExitCode.OK : ExitCode.FAILED).code();
  }

  private static List<AdapterStanding> standings(
      AdapterHistory history, Optional<TrainerGauges> gauges) {
    Map<String, TrainerGauges.Waits> waits =
        gauges.map(g -> Map.copyOf(g.adapters())).orElse(Map.of());
    SortedSet<String> names = new TreeSet<>(history.events().keySet());
    names.addAll(waits.keySet());
    names.addAll(history.states().keySet());
    Instant now = Instant.now();
    return names.stream()
        .map(
            name ->
                new AdapterStanding(
                    name, AdapterStanding.Told.of(history, name), waits.get(name), now))
        .toList();
  }

  private static String words(String reason) {
    return switch (reason) {
      case "young" -> "young, or not full yet";
      case "too_few_to_train" -> "too few to train on";
      case "paused" -> "an order to resume";
      case "too_few_to_judge" -> "too few held-out examples to judge by";
      default -> reason.replaceFirst("_", ": ");
    };
  }

  private record Waiting(Map<String, Long> stages, SortedMap<String, Long> reasons) {}

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

  private static ObjectNode json(
      List<ProcessStatus> processes, Waiting waiting, List<AdapterStanding> adapters) {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    for (ProcessStatus process : processes) {
      ObjectNode node = status.withArray("processes").addObject();
      node.put("name", process.name()).put("state", state(process)).put("pid", process.pid());
      node.put("health", process.health().toString()).put("log", process.log().toString());
      node.put("restarts", process.restarts().count());
      node.put(
          "lastEnd", process.restarts().lastEnd().isEmpty() ? null : process.restarts().lastEnd());
      node.put("givenUp", process.restarts().givenUp());
    }
    waiting.stages().forEach(status.withObject("/waiting")::put);
    waiting.reasons().forEach(status.withObject("/waitingFor")::put);
    adapters.forEach(adapter -> adapter.json(status.withArray("adapters").addObject()));
    return status;
  }
}
