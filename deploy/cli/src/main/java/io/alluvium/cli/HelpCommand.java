package io.alluvium.cli;

import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code alluvium help}: the page that {@code --help} shows, for who types it the other way round.
 */
@Command(
    name = "help",
    description = "Show the page of a command.",
    footer = {"", "Examples:", "  alluvium help up", "  alluvium help policy show"})
final class HelpCommand implements Runnable {
  private final Terminal terminal;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..*",
      description = "The command (default: all of them).")
  private final List<String> path = new ArrayList<>();

  HelpCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    CommandLine meant = spec.root().commandLine();
    for (String name : path) {
      CommandLine next = meant.getSubcommands().get(name);
      if (next == null) {
        throw CommandException.usage(
            "there is no command %s: `alluvium --help` lists them"
                .formatted(String.join(" ", path)));
      }
      meant = next;
    }
    meant.usage(terminal.out());
  }
}
