package io.alluvium.cli.policy;

import io.alluvium.cli.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code alluvium policy}: the rules' parameters while the system runs. */
@Command(
    name = "policy",
    description = "Show, compare, rehearse and set the parameters of the rules in streams-app.")
public final class PolicyCommand {
  private PolicyCommand() {}

  /** The command with its subcommands. */
  public static CommandLine on(Terminal terminal) {
    return new CommandLine(new PolicyCommand())
        .addSubcommand(new ShowPolicyCommand(terminal))
        .addSubcommand(new SetPolicyCommand(terminal))
        .addSubcommand(new DiffPolicyCommand(terminal))
        .addSubcommand(new DryRunCommand(terminal));
  }
}
