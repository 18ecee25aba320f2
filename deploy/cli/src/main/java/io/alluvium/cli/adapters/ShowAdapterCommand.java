package io.alluvium.cli.adapters;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.connect.ConnectionOptions;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.cli.watch.AvroJson;
import io.alluvium.cli.watch.VersionText;
import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.trainer.publish.order.Flags;
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
  private static final String FLAGGED = "learned from records that were erased since";

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
    AdapterState state = history.states().get(wanted.id());
    Flags flags = AdapterHistory.flags(state);
    if (wanted.version() == null) {
      history.of(wanted.id()).forEach(event -> show(event, flags));
      showPause(state);
    } else {
      showOne(history.find(wanted), flags);
    }
  }

  private void show(AdapterVersion event, Flags flags) {
    if (format.isJson()) {
      terminal.print(json(event, flags));
    } else {
      String mark = flags.hold(event.getVersion()) ? "  flagged: " + FLAGGED : "";
      terminal.print(VersionText.line(event) + mark);
    }
  }

  private static ObjectNode json(AdapterVersion event, Flags flags) {
    return AvroJson.of(event).put("flagged", flags.hold(event.getVersion()));
  }

  private void showPause(@Nullable AdapterState state) {
    if (state != null && !format.isJson()) {
      AdapterHistory.paused(state).ifPresent(terminal::print);
    }
  }

  private void showOne(AdapterVersion event, Flags flags) {
    if (format.isJson()) {
      terminal.print(json(event, flags));
    } else {
      VersionText.details(event).forEach(terminal::print);
      if (flags.hold(event.getVersion())) {
        terminal.print("  flagged    " + FLAGGED);
      }
    }
  }
}
