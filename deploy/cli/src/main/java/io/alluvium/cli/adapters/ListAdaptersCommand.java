package io.alluvium.cli.adapters;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.connect.ConnectionOptions;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Outcome;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code alluvium adapters list}. */
@Command(
    name = "list",
    description = "List adapters with their current versions.",
    footer = {
      "",
      "Examples:",
      "  alluvium adapters list",
      "  alluvium adapters list --format json"
    })
final class ListAdaptersCommand implements Runnable {
  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Mixin private final FormatOption format = new FormatOption();

  ListAdaptersCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    AdapterHistory history = AdapterHistory.read(connection.cluster().ensureReachable());
    List<Row> rows =
        history.events().entrySet().stream()
            .map(adapter -> row(adapter.getValue(), history.states().get(adapter.getKey())))
            .toList();
    if (format.isJson()) {
      rows.forEach(row -> terminal.print(row.json()));
    } else {
      rows.forEach(row -> terminal.print(row.text()));
    }
    terminal.sayIfEmpty(rows, "no adapter has a version yet: `alluvium produce` feeds one");
  }

  private static Row row(List<AdapterVersion> events, @Nullable AdapterState state) {
    AdapterVersion last = events.get(events.size() - 1);
    return new Row(
        last.getAdapter(),
        state == null ? null : state.getCurrentVersion(),
        last.getVersion(),
        count(events, Outcome.RELEASED),
        count(events, Outcome.CONTINUED),
        count(events, Outcome.ROLLED_BACK),
        state);
  }

  private static long count(List<AdapterVersion> events, Outcome outcome) {
    return events.stream().filter(event -> event.getOutcome() == outcome).count();
  }

  private record Row(
      String adapter,
      @Nullable Long currentVersion,
      long lastVersion,
      long released,
      long continued,
      long rolledBack,
      @Nullable AdapterState state) {

    String text() {
      String current =
          Optional.ofNullable(currentVersion).map(v -> "current " + v).orElse("none released");
      return "%s  %s  last %d  released %d  continued %d  refused %d%s%s  %s"
          .formatted(
              adapter,
              current,
              lastVersion,
              released,
              continued,
              lastVersion - released - continued - rolledBack,
              rolledBack == 0 ? "" : "  rolled back " + rolledBack,
              remarks(),
              Optional.ofNullable(artifactUri()).orElse(""))
          .strip();
    }

    private String remarks() {
      String flagged = AdapterHistory.flags(state).written();
      return (flagged.isEmpty() ? "" : "  flagged " + flagged)
          + Optional.ofNullable(state)
              .flatMap(AdapterHistory::paused)
              .map(text -> "  " + text)
              .orElse("");
    }

    ObjectNode json() {
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("adapter", adapter).put("currentVersion", currentVersion);
      node.put("lastVersion", lastVersion).put("released", released).put("continued", continued);
      node.put("rolledBack", rolledBack);
      node.put("paused", state != null && state.getPaused());
      node.put("flagged", AdapterHistory.flags(state).written());
      return node.put("artifactUri", artifactUri());
    }

    private @Nullable String artifactUri() {
      return state == null ? null : state.getArtifactUri();
    }
  }
}
