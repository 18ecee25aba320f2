package io.alluvium.cli.order.review;

import com.fasterxml.jackson.databind.JsonNode;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.order.OrderOptions;
import io.alluvium.cli.order.Waiting;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.schemas.Command;
import io.alluvium.streams.route.wait.ReviewAnswer;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What approving and dropping have in common. */
abstract class Answering implements Runnable {
  private final Terminal terminal;
  private final Command answer;

  @Mixin private final OrderOptions order = new OrderOptions();
  @Mixin private final FormatOption format = new FormatOption();

  @ArgGroup(multiplicity = "1")
  private final Which which = new Which();

  Answering(Terminal terminal, Command answer) {
    this.terminal = terminal;
    this.answer = answer;
  }

  @Override
  public void run() {
    Cluster cluster = order.cluster();
    List<String> waiting = Waiting.read(cluster).of(order.adapter());
    List<String> meant = which.all ? waiting : checked(waiting);
    List<String> arguments = which.all ? List.of(ReviewAnswer.all()) : prefixed(meant);
    List<JsonNode> given = order.give(cluster, answer, arguments);
    if (format.isJson()) {
      given.forEach(terminal::print);
    } else {
      terminal.print(
          "%s: %d of %s"
              .formatted(answer.name().toLowerCase(Locale.ROOT), meant.size(), order.adapter()));
    }
  }

  private List<String> checked(List<String> waiting) {
    for (String id : which.ids) {
      if (!waiting.contains(id)) {
        throw CommandException.failed(
            "no example %s of %s waits: `alluvium review list` names those that do"
                .formatted(id, order.adapter()));
      }
    }
    return which.ids;
  }

  private static List<String> prefixed(List<String> ids) {
    return ids.stream().map(ReviewAnswer::example).toList();
  }

  /** One or the other. */
  private static final class Which {
    @Parameters(paramLabel = "EXAMPLE", arity = "1..*", description = "Ids of examples.")
    private List<String> ids = List.of();

    @Option(names = "--all", description = "All that wait now.")
    private boolean all;
  }
}
