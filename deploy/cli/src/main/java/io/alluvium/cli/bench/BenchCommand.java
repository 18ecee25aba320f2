package io.alluvium.cli.bench;

import io.alluvium.cli.bench.domains.BenchDomainsCommand;
import io.alluvium.cli.bench.engine.BenchKindsCommand;
import io.alluvium.cli.bench.engine.BenchScorerCommand;
import io.alluvium.cli.bench.engine.BenchSizeCommand;
import io.alluvium.cli.bench.engine.BenchTrainerCommand;
import io.alluvium.cli.bench.explain.BenchExplainCommand;
import io.alluvium.cli.bench.forgetting.BenchForgettingCommand;
import io.alluvium.cli.bench.gate.BenchGateCommand;
import io.alluvium.cli.bench.streams.BenchPlantedCommand;
import io.alluvium.cli.bench.streams.BenchStreamsCommand;
import io.alluvium.cli.bench.tenants.BenchTenantsCommand;
import io.alluvium.cli.bench.waiting.BenchWaitingCommand;
import io.alluvium.cli.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code alluvium bench}: what can be measured. */
@Command(name = "bench", description = "Measure the parts of the system on this machine.")
public final class BenchCommand {
  private BenchCommand() {}

  /** The command with its subcommands. */
  public static CommandLine on(Terminal terminal) {
    return new CommandLine(new BenchCommand())
        .addSubcommand("trainer", new BenchTrainerCommand(terminal))
        .addSubcommand("size", new BenchSizeCommand(terminal))
        .addSubcommand("scorer", new BenchScorerCommand(terminal))
        .addSubcommand("streams", new BenchStreamsCommand(terminal))
        .addSubcommand("kinds", new BenchKindsCommand(terminal))
        .addSubcommand("forgetting", new BenchForgettingCommand(terminal))
        .addSubcommand("domains", new BenchDomainsCommand(terminal))
        .addSubcommand("tenants", new BenchTenantsCommand(terminal))
        .addSubcommand("waiting", new BenchWaitingCommand(terminal))
        .addSubcommand("explain", new BenchExplainCommand(terminal))
        .addSubcommand("planted", new BenchPlantedCommand(terminal))
        .addSubcommand("gate", new BenchGateCommand(terminal));
  }
}
