package io.alluvium.cli.rederive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.fault.FileFault;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.trainer.worker.config.ConfigFile;
import io.alluvium.trainer.worker.config.ConfigurationException;
import io.alluvium.trainer.worker.config.TrainerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A trainer's configuration as the user gave it, and what another place makes of it. */
final class RoundSettings {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private final String name;
  private final ObjectNode given;

  private RoundSettings(String name, ObjectNode given) {
    this.name = name;
    this.given = given;
  }

  /** The built-in settings. */
  static RoundSettings builtIn() {
    return new RoundSettings("built-in settings", YAML.createObjectNode());
  }

  /**
   * Those of a file.
   *
   * @throws CommandException (usage) when it cannot be read
   */
  static RoundSettings of(Path file) {
    try {
      JsonNode read = YAML.readTree(file.toFile());
      return read instanceof ObjectNode settings
          ? new RoundSettings(file.toString(), settings)
          : new RoundSettings(file.toString(), YAML.createObjectNode());
    } catch (IOException unreadable) {
      throw CommandException.usage(
          "configuration %s cannot be read (%s): correct --trainer"
              .formatted(file, FileFault.words(unreadable)),
          unreadable);
    }
  }

  /** The base that it names; empty where it names none. */
  String base() {
    return given.path("base").path("folder").asText();
  }

  /** With another base. */
  RoundSettings base(Path folder) {
    return with("base", "folder", folder.toAbsolutePath().toString());
  }

  /** With so many threads. */
  RoundSettings threads(int threads) {
    ObjectNode changed = given.deepCopy();
    changed.withObject("/base").put("threads", threads);
    return new RoundSettings(name, changed);
  }

  /** With a store and a work folder of its own; anchors that were made are used where they are. */
  RoundSettings apart(Path scratch) {
    RoundSettings stored = with("store", "uri", scratch.resolve("store").toUri().toString());
    ObjectNode changed = stored.given.deepCopy();
    if (!changed.has("workDir")) {
      changed.put("workDir", scratch.resolve("work").toString());
    }
    return new RoundSettings(name, changed);
  }

  /** Connected to a cluster. */
  RoundSettings on(Cluster cluster) {
    ObjectNode changed = given.deepCopy();
    changed.put("topicPrefix", cluster.topics().prefix());
    changed.set("kafka", tree(cluster.kafka()));
    changed.set("registry", tree(cluster.registrySettings()));
    return new RoundSettings(name, changed);
  }

  private static JsonNode tree(Map<String, String> settings) {
    return YAML.valueToTree(settings);
  }

  private RoundSettings with(String section, String key, String value) {
    ObjectNode changed = given.deepCopy();
    changed.withObject("/" + section).put(key, value);
    return new RoundSettings(name, changed);
  }

  /**
   * As the trainer reads it.
   *
   * @throws CommandException (usage) naming key, value and rule
   */
  TrainerConfig config() {
    try {
      return ConfigFile.parse(name, YAML.writeValueAsString(given));
    } catch (ConfigurationException wrong) {
      throw CommandException.usage(String.valueOf(wrong.getMessage()), wrong);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("it was read from such a form", impossible);
    }
  }
}
