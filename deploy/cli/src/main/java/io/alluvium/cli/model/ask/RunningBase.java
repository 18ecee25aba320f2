package io.alluvium.cli.model.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.alluvium.cli.connect.folder.DataFolder;
import io.alluvium.cli.terminal.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The base that the local stack of a data directory was last started with. */
final class RunningBase {
  private RunningBase() {}

  static Optional<Path> of(DataFolder folder) {
    Path config = folder.config().resolve("trainer-worker.yaml");
    if (!Files.exists(config)) {
      return Optional.empty();
    }
    try {
      JsonNode tree = new ObjectMapper(new YAMLFactory()).readTree(config.toFile());
      return Optional.of(Path.of(tree.path("base").path("folder").asText()));
    } catch (IOException unreadable) {
      throw CommandException.usage(
          config + " cannot be read: run `alluvium up` again, or name the base with --base",
          unreadable);
    }
  }
}
