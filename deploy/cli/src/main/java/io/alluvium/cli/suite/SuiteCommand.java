package io.alluvium.cli.suite;

import io.alluvium.cli.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code alluvium suite}: what no example may hold. */
@Command(
    name = "suite",
    description = "Keep the items of a suite, or a held-out set, out of what is learned.")
public final class SuiteCommand {
  private SuiteCommand() {}

  /** The command with its subcommands. */
  public static CommandLine on(Terminal terminal) {
    return new CommandLine(new SuiteCommand())
        .addSubcommand(new AddSuiteCommand(terminal))
        .addSubcommand(new ListSuitesCommand(terminal))
        .addSubcommand(new RemoveSuiteCommand(terminal));
  }
}
