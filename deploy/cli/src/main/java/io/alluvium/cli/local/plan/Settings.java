package io.alluvium.cli.local.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.alluvium.cli.terminal.CommandException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A tree of settings under construction. Not safe for several threads.
 *
 * @param tree keys with values or further trees, in the order of writing
 */
record Settings(Map<String, Object> tree) {
  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).build());

  Settings() {
    this(new LinkedHashMap<>());
  }

  /** Puts a value at a path of sections, the last of which is the key itself. */
  Settings set(Object value, String... path) {
    Map<String, Object> section = tree;
    for (int depth = 0; depth < path.length - 1; depth++) {
      section = section(section, path[depth]);
    }
    section.put(path[path.length - 1], value);
    return this;
  }

  /**
   * Puts a value as written on the command line at a path with dots.
   *
   * @param written read as YAML, so that numbers, lists and null mean themselves
   */
  Settings setWritten(String path, String written) {
    try {
      // Kafka's own keys hold dots: everything after the section is the key.
      String[] keys =
          path.matches("(kafka|registry)\\..+") ? path.split("\\.", 2) : path.split("\\.", -1);
      return set(YAML.readValue(written, Object.class), keys);
    } catch (JsonProcessingException noYaml) {
      throw CommandException.usage(
          "--set %s=%s: the value is not YAML".formatted(path, written), noYaml);
    }
  }

  private static Map<String, Object> section(Map<String, Object> within, String key) {
    Object present = within.get(key);
    Map<String, Object> section = new LinkedHashMap<>();
    if (present instanceof Map<?, ?> map) {
      map.forEach((name, value) -> section.put(String.valueOf(name), value));
    }
    within.put(key, section);
    return section;
  }

  String yaml() {
    try {
      return YAML.writeValueAsString(tree);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
