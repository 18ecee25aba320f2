package io.alluvium.cli.order.review;

import io.alluvium.cli.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code alluvium review}: what waits for a yes or a no. */
@Command(
    name = "review",
    description = "List, approve and drop examples that wait for an operator (route.review).")
public final class ReviewCommand {
  private ReviewCommand() {}

  /** The command with its subcommands. */
  public static CommandLine on(Terminal terminal) {
    return new CommandLine(new ReviewCommand())
        .addSubcommand(new ListReviewCommand(terminal))
        .addSubcommand(new ApproveCommand(terminal))
        .addSubcommand(new DropCommand(terminal));
  }
}
