package io.alluvium.cli.order.training;

import static java.util.stream.Collectors.toMap;

import io.alluvium.cli.adapters.AdapterHistory;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.order.AnswerWatch;
import io.alluvium.cli.order.OrderOptions;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.cli.watch.AvroJson;
import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.OrderAnswer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What orders to the trainer have in common: they are given, and their answers are waited for. */
abstract class Ordering implements Runnable {
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
    try (AnswerWatch watch = new AnswerWatch(cluster)) {
      long offset = OrderOptions.write(cluster, List.of(given)).get(0);
      if (noWait) {
        printGiven(given);
      } else {
        Set<String> whose = order.known(history);
        Map<String, AdapterState> answered =
            watch.await(whose.stream().collect(toMap(name -> name, name -> offset)), timeout);
        answered.values().forEach(state -> print(given, state, history));
        requireAll(given, whose, answered.keySet());
      }
    }
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

  private void requireAll(AdapterCommand given, Set<String> whose, Set<String> answered) {
    Set<String> missing = new TreeSet<>(whose);
    missing.removeAll(answered);
    if (whose.isEmpty()) {
      printGiven(given);
      terminal.say(
          "no trainer has seen a record of %s yet: it counts as soon as there are some"
              .formatted(order.whose()));
    }
    if (!missing.isEmpty()) {
      throw CommandException.failed(
          "%s: not obeyed within %s: the order stays, and a trainer obeys it between two rounds; `alluvium status` shows whether one runs"
              .formatted(String.join(", ", missing), timeout));
    }
  }
}
