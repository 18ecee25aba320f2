package io.alluvium.cli.adapters;

import io.alluvium.cli.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code alluvium adapters}: the two questions one can ask of them. */
@Command(name = "adapters", description = "List adapters, or show one with its versions.")
public final class AdaptersCommand {
  private AdaptersCommand() {}

  /** The command with both subcommands. */
  public static CommandLine on(Terminal terminal) {
    return new CommandLine(new AdaptersCommand())
        .addSubcommand(new ListAdaptersCommand(terminal))
        .addSubcommand(new ShowAdapterCommand(terminal));
  }
}
