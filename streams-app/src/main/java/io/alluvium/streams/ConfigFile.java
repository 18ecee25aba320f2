package io.alluvium.streams;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.streams.policy.Layers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Reads a configuration: the user's YAML laid over the defaults, unknown keys refused. */
final class ConfigFile {
  private static final String DEFAULTS = "defaults.yaml";

  private ConfigFile() {}

  /**
   * Reads a file.
   *
   * @throws ConfigException when it is missing, no YAML, or breaks a rule
   */
  static StreamsAppConfig read(Path file) {
    try {
      return Layers.YAML.treeToValue(
          Layers.over(defaults(), Layers.YAML.readTree(Files.newBufferedReader(file))),
          StreamsAppConfig.class);
    } catch (JsonProcessingException broken) {
      throw new ConfigException("%s: %s".formatted(file, Layers.explained("", broken)), broken);
    } catch (IOException unreadable) {
      throw new ConfigException("cannot read configuration " + file, unreadable);
    }
  }

  private static ObjectNode defaults() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ConfigFile.class.getResourceAsStream(DEFAULTS), DEFAULTS)) {
      return (ObjectNode) Layers.YAML.readTree(in);
    }
  }
}
