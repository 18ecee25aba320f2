package io.alluvium.cli.order;

import com.fasterxml.jackson.databind.JsonNode;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.streams.hold.Erasure;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code alluvium erase}: what was kept for replay or review and must go. */
@Command(
    name = "erase",
    description = "Remove examples that streams-app keeps for replay, selection or review.",
    footer = {
      "",
      "This gives an order; it is obeyed by streams-app when it runs, and does not say whether there was "
          + "anything to erase. Meant is what was there before the order: what is kept goes within about a second "
          + "(with --adapter '*' about a thousand adapters a second), what comes back from the scorer within 14 "
          + "days is refused (ERASED) unless its event time is after the order. Topics keep their records until "
          + "their retention ends, and adapters trained on them stay as they are.",
      "",
      "Examples:",
      "  alluvium erase --adapter support --subject user-4711",
      "  alluvium erase --adapter '*' --subject user-4711",
      "  alluvium erase --adapter support --id 7f21c4 --id 90ab11",
      "  alluvium erase --adapter support --offsets 0:1200-1300"
    })
public final class EraseCommand implements Runnable {
  private final Terminal terminal;

  @Mixin private final OrderOptions order = new OrderOptions();
  @Mixin private final FormatOption format = new FormatOption();

  @ArgGroup(multiplicity = "1", exclusive = false)
  private final What what = new What();

  /** Speaks to a terminal. */
  public EraseCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    List<String> arguments = what.arguments();
    List<JsonNode> given =
        order.give(order.cluster(), io.alluvium.schemas.Command.ERASE, arguments);
    if (format.isJson()) {
      given.forEach(terminal::print);
    } else {
      terminal.print(
          "ordered to erase, of %s: %s".formatted(order.whose(), String.join(", ", arguments)));
    }
    terminal.say(
        "ordered for %s; streams-app forgets what it keeps of this, and no answer comes where it keeps none"
            .formatted(order.adapter()));
  }

  private static void requireText(String option, List<String> values) {
    if (values.stream().anyMatch(String::isBlank)) {
      throw CommandException.usage(option + " is empty: name what is to be erased");
    }
  }

  /** At least one of these. */
  private static final class What {
    @Option(names = "--subject", paramLabel = "NAME", description = "All of a person or thing.")
    private List<String> subjects = List.of();

    @Option(names = "--id", paramLabel = "EXAMPLE", description = "One example. Repeatable.")
    private List<String> ids = List.of();

    @Option(
        names = "--offsets",
        paramLabel = "PARTITION:FIRST-NEXT",
        description = "Records of examples.scored, NEXT excluded. Repeatable.")
    private List<String> offsets = List.of();

    List<String> arguments() {
      requireText("--subject", subjects);
      requireText("--id", ids);
      List<String> arguments = new ArrayList<>();
      subjects.forEach(subject -> arguments.add(Erasure.subject(subject)));
      ids.forEach(id -> arguments.add(Erasure.example(id)));
      offsets.forEach(range -> arguments.add(offsets(range)));
      return arguments;
    }

    private static String offsets(String range) {
      return Erasure.offsets(range)
          .orElseThrow(
              () ->
                  CommandException.usage(
                      "--offsets %s is no range: write PARTITION:FIRST-NEXT, as in 0:1200-1300"
                          .formatted(range)));
    }
  }
}
