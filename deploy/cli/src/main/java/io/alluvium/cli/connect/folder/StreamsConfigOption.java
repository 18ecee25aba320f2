package io.alluvium.cli.connect.folder;

import io.alluvium.cli.terminal.CommandException;
import io.alluvium.streams.config.ConfigException;
import io.alluvium.streams.config.StreamsAppConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of every command that must know what streams-app was told. */
public final class StreamsConfigOption {
  @Option(
      names = "--streams-config",
      paramLabel = "FILE",
      description =
          "Configuration of streams-app (default: that of the local stack, else the built-in one).")
  private @Nullable Path file;

  /**
   * Reads it.
   *
   * @param folder where the local stack has its own
   * @throws CommandException (usage) when the file cannot be used
   */
  public StreamsAppConfig read(DataFolder folder) {
    Path local = folder.config().resolve("streams-app.yaml");
    try {
      if (file != null) {
        return StreamsAppConfig.read(file);
      }
      return Files.exists(local) ? StreamsAppConfig.read(local) : StreamsAppConfig.byDefault();
    } catch (ConfigException wrong) {
      throw CommandException.usage(String.valueOf(wrong.getMessage()), wrong);
    }
  }
}
