package io.alluvium.cli.rejections;

import io.alluvium.cli.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code alluvium rejections}: what was refused, and why. */
@Command(
    name = "rejections",
    description = "Count and list what the stages refused, or show one refusal with its record.")
public final class RejectionsCommand {
  private RejectionsCommand() {}

  /** The command with its subcommands. */
  public static CommandLine on(Terminal terminal) {
    return new CommandLine(new RejectionsCommand())
        .addSubcommand(new ListRejectionsCommand(terminal))
        .addSubcommand(new ShowRejectionCommand(terminal));
  }
}
