package io.alluvium.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.alluvium.cli.connect.folder.DataFolder;
import io.alluvium.cli.fault.FileFault;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.trainer.worker.config.ConfigFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** At how many records the trainer cuts a window. */
public final class WindowSize {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private WindowSize() {}

  /** Of the local stack's trainer, else the built-in number. */
  static long of(DataFolder folder) {
    Path local = folder.config().resolve("trainer-worker.yaml");
    try {
      JsonNode here =
          Files.exists(local) ? examples(YAML.readTree(local.toFile())) : YAML.missingNode();
      return here.asLong(byDefault());
    } catch (IOException unreadable) {
      throw CommandException.usage(
          "cannot read %s (%s): run `alluvium up` again"
              .formatted(local, FileFault.words(unreadable)),
          unreadable);
    }
  }

  /** The built-in number. */
  public static int byDefault() {
    try (InputStream defaults = ConfigFile.defaults()) {
      return examples(YAML.readTree(defaults)).asInt();
    } catch (IOException unreadable) {
      throw new IllegalStateException("defaults.yaml is not in the jar", unreadable);
    }
  }

  private static JsonNode examples(JsonNode config) {
    return config.path("window").path("examples");
  }
}
