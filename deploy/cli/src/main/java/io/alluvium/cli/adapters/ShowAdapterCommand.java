package io.alluvium.cli.adapters;

import io.alluvium.cli.connect.ConnectionOptions;
import io.alluvium.cli.terminal.OutputFormat;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.watch.AvroJson;
import io.alluvium.cli.watch.VersionText;
import io.alluvium.schemas.AdapterVersion;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code alluvium adapters show}. */
@Command(
    name = "show",
    description = "Show every version of an adapter, or all that is known of one version.",
    footer = {
      "",
      "Examples:",
      "  alluvium adapters show support",
      "  alluvium adapters show support@3",
      "  alluvium adapters show support@3 --format json"
    })
final class ShowAdapterCommand implements Runnable {
  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private OutputFormat format = OutputFormat.text;

  @Parameters(paramLabel = "ID[@V]", description = "The adapter, and the version if one is meant.")
  private String name = "";

  ShowAdapterCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    AdapterName wanted = AdapterName.parse(name);
    AdapterHistory history = AdapterHistory.read(connection.cluster().ensureReachable());
    if (wanted.version() == null) {
      showAll(history.of(wanted.id()));
    } else {
      showOne(history.find(wanted));
    }
  }

  private void showAll(List<AdapterVersion> events) {
    for (AdapterVersion event : events) {
      if (format == OutputFormat.json) {
        terminal.print(AvroJson.of(event));
      } else {
        terminal.print(VersionText.line(event));
      }
    }
  }

  private void showOne(AdapterVersion event) {
    if (format == OutputFormat.json) {
      terminal.print(AvroJson.of(event));
    } else {
      VersionText.details(event).forEach(terminal::print);
    }
  }
}
