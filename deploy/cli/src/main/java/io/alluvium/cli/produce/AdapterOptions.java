package io.alluvium.cli.produce;

import io.alluvium.cli.connect.folder.DataFolder;
import io.alluvium.cli.connect.folder.StreamsConfigOption;
import io.alluvium.cli.produce.line.ExampleLines;
import io.alluvium.cli.produce.shape.Shaping;
import io.alluvium.cli.terminal.CommandException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who learns, and what an adapter may be called. */
final class AdapterOptions {
  @Option(
      names = "--adapter",
      paramLabel = "ID",
      description = "Adapter that learns from lines that name none themselves.")
  private @Nullable String adapter;

  @Mixin private final StreamsConfigOption streamsConfig = new StreamsConfigOption();

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
    Pattern permitted = Pattern.compile(streamsConfig.read(folder).admit().adapterPattern());
    if (adapter != null && !permitted.matcher(adapter).matches()) {
      throw CommandException.usage(
          "--adapter \"%s\" is no id, it must match %s: every record would be refused"
              .formatted(adapter, permitted));
    }
    return new ExampleLines(adapter, permitted, shaping);
  }
}
