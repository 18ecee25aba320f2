package io.alluvium.cli.suite;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.alluvium.cli.connect.ConnectionOptions;
import io.alluvium.cli.suite.item.SuiteWriter;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.schemas.SuiteItem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code alluvium suite list}. */
@Command(
    name = "list",
    description = "List the suites, how many of their items are guarded, and who wrote them.",
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
    Map<Suite, List<SuiteItem>> suites =
        SuiteWriter.all(connection.cluster().ensureReachable()).stream()
            .collect(Collectors.groupingBy(Suite::of, TreeMap::new, Collectors.toList()));
    suites.forEach(this::print);
    terminal.sayIfEmpty(
        suites.keySet(), "no suite is guarded: `alluvium suite add` keeps one out of training");
  }

  /**
   * What is listed in one line.
   *
   * @param name of the suite
   * @param base whose train role wrote it; empty: an operator did
   */
  private record Suite(String name, Optional<String> base) implements Comparable<Suite> {
    static Suite of(SuiteItem item) {
      return new Suite(item.getSuite(), Optional.ofNullable(item.getBase()));
    }

    String writer() {
      return base.map(name -> "the train role of " + name).orElse("an operator");
    }

    @Override
    public int compareTo(Suite other) {
      int byName = name.compareTo(other.name);
      return byName == 0 ? base.orElse("").compareTo(other.base.orElse("")) : byName;
    }
  }

  private void print(Suite suite, List<SuiteItem> items) {
    Instant now = Instant.now();
    long guarded = items.stream().filter(item -> !isOver(item, now)).count();
    if (format.isJson()) {
      terminal.print(
          JsonNodeFactory.instance
              .objectNode()
              .put("suite", suite.name())
              .put("items", items.size())
              .put("guarded", guarded)
              .put("base", suite.base().orElse(null)));
    } else {
      terminal.print(
          "%-24s %d items, %d guarded, written by %s"
              .formatted(suite.name(), items.size(), guarded, suite.writer()));
    }
  }

  private static boolean isOver(SuiteItem item, Instant now) {
    Instant until = item.getEffectiveUntil();
    return until != null && !now.isBefore(until);
  }
}
