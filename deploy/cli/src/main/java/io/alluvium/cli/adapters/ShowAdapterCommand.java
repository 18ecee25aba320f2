package io.alluvium.cli.adapters;

import io.alluvium.cli.connect.ConnectionOptions;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.cli.watch.AvroJson;
import io.alluvium.cli.watch.VersionText;
import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.AdapterVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private final FormatOption format = new FormatOption();

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
      showPause(history.states().get(wanted.id()));
    } else {
      showOne(history.find(wanted));
    }
  }

  private void showAll(List<AdapterVersion> events) {
    for (AdapterVersion event : events) {
      if (format.isJson()) {
        terminal.print(AvroJson.of(event));
      } else {
        terminal.print(VersionText.line(event));
      }
    }
  }

  private void showPause(@Nullable AdapterState state) {
    if (state != null && !format.isJson()) {
      AdapterHistory.paused(state).ifPresent(terminal::print);
    }
  }

  private void showOne(AdapterVersion event) {
    if (format.isJson()) {
      terminal.print(AvroJson.of(event));
    } else {
      VersionText.details(event).forEach(terminal::print);
    }
  }
}
