package io.alluvium.cli.produce;

import io.alluvium.cli.connect.DataFolder;
import io.alluvium.cli.produce.line.ExampleLines;
import io.alluvium.cli.produce.shape.Shaping;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.streams.config.ConfigException;
import io.alluvium.streams.config.StreamsAppConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who learns, and what an adapter may be called. */
final class AdapterOptions {
  @Option(
      names = "--adapter",
      paramLabel = "ID",
      description = "Adapter that learns from lines that name none themselves.")
  private @Nullable String adapter;

  @Option(
      names = "--streams-config",
      paramLabel = "FILE",
      description =
          "Configuration of streams-app, which says what an adapter may be called (default: that of the local stack, else the built-in one).")
  private @Nullable Path streamsConfig;

  @Nullable String adapter() {
    return adapter;
  }

  /**
   * Reads lines for these.
   *
   * @param shaping of the file they stand in
   * @throws CommandException (usage) when --adapter is no id that streams-app would take
   */
  ExampleLines lines(DataFolder folder, Shaping shaping) {
    Pattern permitted = Pattern.compile(config(folder).admit().adapterPattern());
    if (adapter != null && !permitted.matcher(adapter).matches()) {
      throw CommandException.usage(
          "--adapter \"%s\" is no id, it must match %s: every record would be refused"
              .formatted(adapter, permitted));
    }
    return new ExampleLines(adapter, permitted, shaping);
  }

  private StreamsAppConfig config(DataFolder folder) {
    Path local = folder.config().resolve("streams-app.yaml");
    try {
      if (streamsConfig != null) {
        return StreamsAppConfig.read(streamsConfig);
      }
      return Files.exists(local) ? StreamsAppConfig.read(local) : StreamsAppConfig.byDefault();
    } catch (ConfigException wrong) {
      throw CommandException.usage(String.valueOf(wrong.getMessage()), wrong);
    }
  }
}
