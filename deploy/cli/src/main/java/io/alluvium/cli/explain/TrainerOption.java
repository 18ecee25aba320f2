package io.alluvium.cli.explain;

import io.alluvium.cli.connect.folder.DataFolder;
import io.alluvium.cli.explain.recall.TrainerFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The trainer's configuration, for what events do not carry. */
final class TrainerOption {
  @Option(
      names = "--trainer",
      paramLabel = "FILE",
      description =
          "The trainer's YAML: tells epochs and settings of versions with its digest (default: that of the local stack).")
  private @Nullable Path file;

  TrainerFile file(DataFolder data) {
    return file == null
        ? TrainerFile.perhaps(data.config().resolve("trainer-worker.yaml"))
        : TrainerFile.named(file);
  }
}
