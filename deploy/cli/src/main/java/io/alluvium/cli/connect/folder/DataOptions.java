package io.alluvium.cli.connect.folder;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names the data directory. */
public final class DataOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data directory of the local stack (default: $ALLUVIUM_DATA or ~/.alluvium).")
  private @Nullable Path data;

  /** The data directory. */
  public DataFolder folder() {
    return data == null ? DataFolder.byDefault() : new DataFolder(data);
  }
}
