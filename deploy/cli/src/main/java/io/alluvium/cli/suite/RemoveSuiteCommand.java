package io.alluvium.cli.suite;

import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.ConnectionOptions;
import io.alluvium.cli.suite.item.SuiteWriter;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.schemas.SuiteItem;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code alluvium suite remove}. */
@Command(
    name = "remove",
    description = "Guard the items of a suite no longer; decisions made so far stay.",
    footer = {"", "Examples:", "  alluvium suite remove facts"})
final class RemoveSuiteCommand implements Runnable {
  private static final Duration LEAD = Duration.ofSeconds(10);

  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Parameters(paramLabel = "NAME", description = "The suite.")
  private String name = "";

  RemoveSuiteCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Cluster cluster = connection.cluster().ensureReachable();
    Instant until = Instant.now().truncatedTo(ChronoUnit.MILLIS).plus(LEAD);
    List<SuiteItem> ended =
        SuiteWriter.all(cluster).stream()
            .filter(item -> item.getSuite().equals(name))
            .map(item -> SuiteItem.newBuilder(item).setEffectiveUntil(until).build())
            .toList();
    if (ended.isEmpty()) {
      throw CommandException.failed(
          "there is no suite %s: `alluvium suite list` names them".formatted(name));
    }
    SuiteWriter.write(cluster, ended);
    terminal.print("%s: %d items guarded until %s".formatted(name, ended.size(), until));
  }
}
