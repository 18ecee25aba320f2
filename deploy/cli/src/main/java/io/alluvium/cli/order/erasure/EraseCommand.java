package io.alluvium.cli.order.erasure;

import io.alluvium.cli.adapters.AdapterHistory;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.explain.IndexOption;
import io.alluvium.cli.explain.index.ExplainIndex;
import io.alluvium.cli.order.AnswerWatch;
import io.alluvium.cli.order.OrderOptions;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.cli.watch.AvroJson;
import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.AdapterState;
import io.alluvium.streams.hold.Erasure;
import io.alluvium.trainer.publish.order.Flags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code alluvium erase}: what was kept, or waits, and must go; and which versions learned it. */
@Command(
    name = "erase",
    description =
        "Remove examples that are kept or wait, and list and flag the versions that learned from them.",
    footer = {
      "",
      "Meant is what was there before the order. streams-app lets go of what it keeps for replay, selection or review "
          + "within about a second (with --adapter '*' about a thousand adapters a second); what comes back from the "
          + "scorer within 14 days is refused (ERASED) unless its event time is after the order. The trainer refuses "
          + "what waits for a window; of records found by --offsets only replays. Topics keep their records until "
          + "their retention ends.",
      "",
      "Once the trainer has answered, versions that learned from the records are listed and flagged in the adapter's "
          + "state, and the command that goes back to before them is shown. Versions stay as they are. They are found "
          + "by the index of `alluvium explain`, by --subject and --id.",
      "",
      "Examples:",
      "  alluvium erase --adapter support --subject user-4711",
      "  alluvium erase --adapter '*' --subject user-4711",
      "  alluvium erase --adapter support --id 7f21c4 --id 90ab11",
      "  alluvium erase --adapter support --offsets 0:1200-1300",
      "  alluvium erase --adapter support --subject user-4711 --report",
      "",
      "Exit: 0 obeyed, or given with --no-wait; 1 not obeyed by the trainer in time."
    })
public final class EraseCommand implements Runnable {
  private final Terminal terminal;

  @Mixin private final OrderOptions order = new OrderOptions();
  @Mixin private final IndexOption index = new IndexOption();
  @Mixin private final FormatOption format = new FormatOption();

  @ArgGroup(multiplicity = "1", exclusive = false)
  private final Meant meant = new Meant();

  @Option(names = "--report", description = "Give no order: list versions, and flag none.")
  private boolean onlyReport;

  @Option(names = "--no-wait", description = "Give the order and end: no version is looked for.")
  private boolean noWait;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "PT10M",
      description = "Longest wait for the trainer (default: PT10M); a round that runs is finished.")
  private Duration timeout = Duration.ZERO;

  /** Speaks to a terminal. */
  public EraseCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    List<String> arguments = meant.arguments();
    Cluster cluster = order.cluster();
    if (onlyReport) {
      traces(cluster, Instant.now()).forEach(this::print);
    } else if (noWait) {
      give(cluster, arguments);
    } else {
      erase(cluster, arguments);
    }
  }

  private void erase(Cluster cluster, List<String> arguments) {
    AdapterHistory before = AdapterHistory.read(cluster);
    Set<String> whose = order.known(before);
    try (AnswerWatch watch = new AnswerWatch(cluster)) {
      Given given = give(cluster, arguments);
      Map<String, Long> offsets = new HashMap<>();
      whose.forEach(adapter -> offsets.put(adapter, given.offset()));
      Set<String> missing = new TreeSet<>(whose);
      missing.removeAll(watch.await(offsets, timeout).keySet());
      List<Trace> traces = traces(cluster, given.at());
      missing.addAll(flag(cluster, watch, traces));
      traces.forEach(this::print);
      requireNone(missing);
    }
  }

  /**
   * Orders that were given.
   *
   * @param offset of the last
   * @param at when
   */
  private record Given(long offset, Instant at) {}

  private Given give(Cluster cluster, List<String> arguments) {
    List<AdapterCommand> orders =
        arguments.stream()
            .map(
                argument ->
                    order.order(order.adapter(), io.alluvium.schemas.Command.ERASE, argument))
            .toList();
    List<Long> offsets = OrderOptions.write(cluster, orders);
    if (format.isJson()) {
      orders.forEach(one -> terminal.print(AvroJson.of(one)));
    } else {
      terminal.print(
          "ordered to erase, of %s: %s".formatted(order.whose(), String.join(", ", arguments)));
    }
    int last = orders.size() - 1;
    return new Given(offsets.get(last), orders.get(last).getIssuedAt());
  }

  private List<Trace> traces(Cluster cluster, Instant until) {
    if (!meant.isTraceable()) {
      terminal.say(
          "versions are not looked for by --offsets: `alluvium explain record ID` tells of one example");
    }
    try (ExplainIndex open = index.open(cluster, terminal)) {
      List<Trace> traces = Traces.of(cluster, open, new Traces.Asked(meant, this::isAsked, until));
      if (traces.isEmpty()) {
        terminal.say("no version learned from it or was judged by it, as far as the index reaches");
      }
      return traces;
    }
  }

  private boolean isAsked(String adapter) {
    return order.adapter().equals(Erasure.EVERYBODY) || order.adapter().equals(adapter);
  }

  /**
   * Has versions flagged that are not yet.
   *
   * @return adapters that did not answer
   */
  private Set<String> flag(Cluster cluster, AnswerWatch watch, List<Trace> traces) {
    Map<String, AdapterState> states = AdapterHistory.read(cluster).states();
    List<AdapterCommand> orders = new ArrayList<>();
    for (Trace trace : traces) {
      Flags flags = trace.flags();
      if (!AdapterHistory.flags(states.get(trace.adapter())).holdAll(flags)) {
        orders.add(order.order(trace.adapter(), io.alluvium.schemas.Command.FLAG, flags.written()));
      }
    }
    List<Long> offsets = orders.isEmpty() ? List.of() : OrderOptions.write(cluster, orders);
    Map<String, Long> awaited = new HashMap<>();
    for (int one = 0; one < orders.size(); one++) {
      awaited.put(orders.get(one).getAdapter(), offsets.get(one));
    }
    Set<String> missing = new TreeSet<>(awaited.keySet());
    missing.removeAll(watch.await(awaited, timeout).keySet());
    return missing;
  }

  private void print(Trace trace) {
    if (format.isJson()) {
      terminal.print(TraceText.json(trace));
    } else {
      TraceText.lines(trace).forEach(terminal::print);
    }
  }

  private void requireNone(Set<String> missing) {
    if (!missing.isEmpty()) {
      throw CommandException.failed(
          "%s: the trainer did not obey within %s: the order stays, and versions made before it does may learn from the records; once `alluvium status` shows that it runs, order again"
              .formatted(String.join(", ", missing), timeout));
    }
  }
}
