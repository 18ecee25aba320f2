package io.alluvium.cli.suite;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.alluvium.cli.connect.ConnectionOptions;
import io.alluvium.cli.suite.item.SuiteWriter;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.schemas.SuiteItem;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code alluvium suite list}. */
@Command(
    name = "list",
    description = "List the suites and how many of their items are guarded.",
    footer = {"", "Examples:", "  alluvium suite list", "  alluvium suite list --format json"})
final class ListSuitesCommand implements Runnable {
  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Mixin private final FormatOption format = new FormatOption();

  ListSuitesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    TreeMap<String, List<SuiteItem>> suites =
        SuiteWriter.all(connection.cluster().ensureReachable()).stream()
            .collect(Collectors.groupingBy(SuiteItem::getSuite, TreeMap::new, Collectors.toList()));
    suites.forEach(this::print);
    terminal.sayIfEmpty(
        suites.keySet(), "no suite is guarded: `alluvium suite add` keeps one out of training");
  }

  private void print(String suite, List<SuiteItem> items) {
    Instant now = Instant.now();
    long guarded = items.stream().filter(item -> !isOver(item, now)).count();
    if (format.isJson()) {
      terminal.print(
          JsonNodeFactory.instance
              .objectNode()
              .put("suite", suite)
              .put("items", items.size())
              .put("guarded", guarded));
    } else {
      terminal.print("%-24s %d items, %d guarded".formatted(suite, items.size(), guarded));
    }
  }

  private static boolean isOver(SuiteItem item, Instant now) {
    Instant until = item.getEffectiveUntil();
    return until != null && !now.isBefore(until);
  }
}
