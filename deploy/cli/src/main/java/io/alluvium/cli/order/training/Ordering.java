package io.alluvium.cli.order.training;

import io.alluvium.cli.adapters.AdapterHistory;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.topic.Keyed;
import io.alluvium.cli.connect.topic.TopicReader;
import io.alluvium.cli.order.OrderOptions;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.cli.watch.AvroJson;
import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.OrderAnswer;
import io.alluvium.streams.hold.Erasure;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What orders to the trainer have in common: they are given, and their answers are waited for. */
abstract class Ordering implements Runnable {
  private static final Duration STEP = Duration.ofMillis(200);

  private final Terminal terminal;

  @Mixin private final OrderOptions order = new OrderOptions();
  @Mixin private final FormatOption format = new FormatOption();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why, for whoever reads the order later.")
  private @Nullable String reason;

  @Option(names = "--no-wait", description = "Give the order and end.")
  private boolean noWait;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "PT10M",
      description = "Longest wait for the trainer (default: PT10M); a round that runs is finished.")
  private Duration timeout = Duration.ZERO;

  Ordering(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * The order as the options say.
   *
   * @param begun with id, adapter, author, reason and time
   * @throws CommandException when what the topics say of the adapter forbids it
   */
  abstract AdapterCommand order(AdapterCommand.Builder begun, AdapterHistory history);

  /**
   * What came of it, in words.
   *
   * @param before null where the adapter had no state
   */
  abstract String told(@Nullable AdapterState before, AdapterState now);

  @Override
  public void run() {
    Cluster cluster = order.cluster();
    AdapterHistory history = AdapterHistory.read(cluster);
    AdapterCommand given =
        order(
            AdapterCommand.newBuilder()
                .setId(UUID.randomUUID().toString())
                .setAdapter(order.adapter())
                .setIssuedBy(order.author())
                .setIssuedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .setReason(reason),
            history);
    try (TopicReader<AdapterState> states = cluster.read(cluster.topics().adapters()).fromNow()) {
      long offset =
          cluster
              .write(cluster.topics().commands(), List.of(new Keyed<>(given.getAdapter(), given)))
              .get(0);
      if (noWait) {
        printGiven(given);
      } else {
        answers(states, new Awaited(given, offset, whose(history)), history);
      }
    }
  }

  /**
   * An order that was given.
   *
   * @param offset where it stands
   * @param adapters whose answers are awaited
   */
  private record Awaited(AdapterCommand order, long offset, Set<String> adapters) {
    boolean isAnsweredBy(AdapterState state) {
      return adapters.contains(state.getAdapter()) && state.getOrdersBelow() > offset;
    }
  }

  /** Adapters that the trainer knows; others have nobody who could answer. */
  private Set<String> whose(AdapterHistory history) {
    Set<String> known = new TreeSet<>(history.events().keySet());
    known.addAll(history.states().keySet());
    if (!order.adapter().equals(Erasure.EVERYBODY)) {
      known.retainAll(Set.of(order.adapter()));
    }
    return known;
  }

  private void printGiven(AdapterCommand given) {
    if (format.isJson()) {
      terminal.print(AvroJson.of(given));
    } else {
      terminal.print(
          "ordered for %s: %s"
              .formatted(order.whose(), given.getCommand().name().toLowerCase(Locale.ROOT)));
    }
  }

  private void answers(TopicReader<AdapterState> states, Awaited awaited, AdapterHistory history) {
    Map<String, AdapterState> answered = new TreeMap<>();
    long endNs = System.nanoTime() + timeout.toNanos();
    while (answered.size() < awaited.adapters().size() && System.nanoTime() < endNs) {
      states.next(STEP).stream()
          .map(TopicReader.Entry::value)
          .filter(awaited::isAnsweredBy)
          .forEach(state -> answered.putIfAbsent(state.getAdapter(), state));
    }
    answered.values().forEach(state -> print(awaited.order(), state, history));
    requireAll(awaited, answered.keySet());
    if (awaited.adapters().isEmpty()) {
      printGiven(awaited.order());
      terminal.say(
          "no trainer has seen a record of %s yet: it counts as soon as there are some"
              .formatted(order.whose()));
    }
  }

  private void print(AdapterCommand given, AdapterState state, AdapterHistory history) {
    OrderAnswer answer = state.getLastOrder();
    String refusal =
        answer == null || !answer.getId().equals(given.getId()) ? null : answer.getRefusal();
    if (format.isJson()) {
      terminal.print(AvroJson.of(state));
    }
    if (refusal != null) {
      throw CommandException.failed(
          "%s: the trainer refuses: %s".formatted(state.getAdapter(), refusal));
    }
    if (!format.isJson()) {
      terminal.print(told(history.states().get(state.getAdapter()), state));
    }
  }

  private void requireAll(Awaited awaited, Set<String> answered) {
    Set<String> missing = new TreeSet<>(awaited.adapters());
    missing.removeAll(answered);
    if (!missing.isEmpty()) {
      throw CommandException.failed(
          "%s: not obeyed within %s: the order stays, and a trainer obeys it between two rounds; `alluvium status` shows whether one runs"
              .formatted(String.join(", ", missing), timeout));
    }
  }
}
