package io.alluvium.cli.order.review;

import io.alluvium.cli.terminal.Terminal;
import picocli.CommandLine.Command;

/** {@code alluvium review drop}. */
@Command(
    name = "drop",
    description = "Refuse examples that wait; they become rejections with reason DROPPED.",
    footer = {
      "",
      "Examples:",
      "  alluvium review drop --adapter support 7f21c4 90ab11",
      "  alluvium review drop --adapter support --all",
      "",
      "Exit: 0 ordered, 1 an example does not wait."
    })
final class DropCommand extends Answering {
  DropCommand(Terminal terminal) {
    super(terminal, io.alluvium.schemas.Command.DROP);
  }
}
