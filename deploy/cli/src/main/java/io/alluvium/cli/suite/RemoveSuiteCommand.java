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
    footer = {
      "",
      "A suite that a train role wrote, because its gate measures by it, stays removed too: the role writes again only "
          + "the questions that are changed.",
      "",
      "Examples:",
      "  alluvium suite remove facts"
    })
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
            .map(item -> ended(item, until))
            .toList();
    if (ended.isEmpty()) {
      throw CommandException.failed(
          "there is no suite %s: `alluvium suite list` names them".formatted(name));
    }
    SuiteWriter.write(cluster, ended);
    terminal.print("%s: %d items guarded until %s".formatted(name, ended.size(), until));
  }

  /** What a person removed is a person's: no train role writes it again. */
  private static SuiteItem ended(SuiteItem item, Instant until) {
    return SuiteItem.newBuilder(item).setEffectiveUntil(until).setBase(null).build();
  }
}
