package io.alluvium.cli.explain;

import io.alluvium.cli.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code alluvium explain}: the two questions that it answers. */
@Command(
    name = "explain",
    description = "What became of an example, and what a version was made of.")
public final class ExplainCommand {
  private ExplainCommand() {}

  /** The command with both subcommands. */
  public static CommandLine on(Terminal terminal) {
    return new CommandLine(new ExplainCommand())
        .addSubcommand(new ExplainRecordCommand(terminal))
        .addSubcommand(new ExplainVersionCommand(terminal));
  }
}
