package io.alluvium.cli.order.review;

import io.alluvium.cli.terminal.Terminal;
import picocli.CommandLine.Command;

/** {@code alluvium review approve}. */
@Command(
    name = "approve",
    description = "Let examples that wait go on into training, in the lane approved.",
    footer = {
      "",
      "Examples:",
      "  alluvium review approve --adapter support 7f21c4 90ab11",
      "  alluvium review approve --adapter support --all",
      "",
      "Exit: 0 ordered, 1 an example does not wait."
    })
final class ApproveCommand extends Answering {
  ApproveCommand(Terminal terminal) {
    super(terminal, io.alluvium.schemas.Command.APPROVE);
  }
}
