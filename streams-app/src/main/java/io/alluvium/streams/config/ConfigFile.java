package io.alluvium.streams.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.streams.policy.document.YamlLayers;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Reads a configuration: the user's YAML laid over the defaults, unknown keys refused. */
public final class ConfigFile {
  private static final String DEFAULTS = "defaults.yaml";

  private ConfigFile() {}

  /**
   * Reads a file.
   *
   * @throws ConfigException when it is missing, no YAML, or breaks a rule
   */
  public static StreamsAppConfig read(Path file) {
    try (Reader reader = Files.newBufferedReader(file)) {
      return read(file.toString(), reader);
    } catch (IOException unreadable) {
      throw new ConfigException("cannot read configuration " + file, unreadable);
    }
  }

  /**
   * Reads what a reader holds.
   *
   * @param name of the source, for messages
   * @throws ConfigException when it is no YAML, or breaks a rule
   */
  public static StreamsAppConfig read(String name, Reader reader) throws IOException {
    try {
      return YamlLayers.YAML.treeToValue(
          YamlLayers.over(defaults(), YamlLayers.YAML.readTree(reader)), StreamsAppConfig.class);
    } catch (JsonProcessingException broken) {
      throw new ConfigException("%s: %s".formatted(name, YamlLayers.explained("", broken)), broken);
    }
  }

  private static ObjectNode defaults() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ConfigFile.class.getResourceAsStream(DEFAULTS), DEFAULTS)) {
      return (ObjectNode) YamlLayers.YAML.readTree(in);
    }
  }
}
