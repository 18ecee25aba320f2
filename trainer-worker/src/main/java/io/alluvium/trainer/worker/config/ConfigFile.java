package io.alluvium.trainer.worker.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a configuration: the user's YAML over the defaults and what the base's folder brings,
 * unknown keys refused.
 */
public final class ConfigFile {
  /** Keys of earlier builds, and what they are called since they have the names of PEFT. */
  private static final Map<String, String> RENAMED =
      Map.of(
          "finetune.targets", "finetune.targetModules",
          "finetune.batch", "finetune.batchSize",
          "finetune.recompute", "finetune.gradientCheckpointing",
          "finetune.loop.passTokens", "finetune.loop.microBatchTokens",
          "finetune.adapter.layers", "finetune.adapter.layersToTransform",
          "finetune.adapter.exclude", "finetune.adapter.excludeModules");

  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .addModule(new JavaTimeModule())
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private ConfigFile() {}

  /**
   * Reads a file.
   *
   * @throws ConfigurationException naming key, value and rule
   */
  public static TrainerConfig read(Path file) {
    return parse(file.toString(), text(file));
  }

  /**
   * Reads a text.
   *
   * @param name of the source, for messages
   * @throws ConfigurationException naming key, value and rule
   */
  public static TrainerConfig parse(String name, String yaml) {
    try (InputStream defaults = defaults()) {
      JsonNode merged = merge(YAML.readTree(defaults), YAML.readTree(yaml));
      Path base = YAML.treeToValue(merged.at("/base/folder"), Path.class);
      if (base != null) {
        BaseSkills.of(base).fillIn(merged);
      }
      return YAML.treeToValue(merged, TrainerConfig.class);
    } catch (JsonProcessingException wrong) {
      throw new ConfigurationException(name + ": " + explained(wrong));
    } catch (IOException unreadable) {
      throw new IllegalStateException("defaults.yaml is not in the jar", unreadable);
    }
  }

  /** The built-in values as YAML, each key explained; the caller closes it. */
  public static InputStream defaults() {
    InputStream stream = ConfigFile.class.getResourceAsStream("defaults.yaml");
    if (stream == null) {
      throw new IllegalStateException("defaults.yaml is not in the jar");
    }
    return stream;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException cause) {
      throw new ConfigurationException(
          "configuration %s cannot be read (%s): correct --config"
              .formatted(file, cause.getClass().getSimpleName()));
    }
  }

  /** Objects are merged key by key, everything else is replaced. */
  private static JsonNode merge(JsonNode under, JsonNode over) {
    if (under instanceof ObjectNode target && over.isObject()) {
      over.properties()
          .forEach(
              entry ->
                  target.set(
                      entry.getKey(), merge(child(target, entry.getKey()), entry.getValue())));
      return target;
    }
    return over.isMissingNode() || over.isNull() ? under : over;
  }

  private static JsonNode child(ObjectNode parent, String key) {
    return parent.path(key);
  }

  private static String explained(JsonProcessingException wrong) {
    if (wrong instanceof UnrecognizedPropertyException unknown) {
      String renamed = RENAMED.get(path(unknown));
      if (renamed != null) {
        return "%s is called %s now: rename the key".formatted(path(unknown), renamed);
      }
      return "%s is not a known key; known here: %s"
          .formatted(path(unknown), unknown.getKnownPropertyIds());
    }
    if (wrong instanceof InvalidFormatException malformed) {
      return "%s is %s, must be a %s"
          .formatted(
              path(malformed), malformed.getValue(), malformed.getTargetType().getSimpleName());
    }
    String rule = ruleBroken(wrong.getCause());
    if (rule != null) {
      return rule;
    }
    return wrong instanceof JsonMappingException mapping
        ? path(mapping) + ": " + firstLine(wrong)
        : "not YAML: " + firstLine(wrong);
  }

  /** A record's own check speaks for itself. */
  private static @Nullable String ruleBroken(@Nullable Throwable cause) {
    return cause instanceof IllegalArgumentException || cause instanceof ConfigurationException
        ? cause.getMessage()
        : null;
  }

  private static String firstLine(JsonProcessingException wrong) {
    return wrong.getOriginalMessage().lines().findFirst().orElse("unreadable");
  }

  private static String path(JsonMappingException wrong) {
    return wrong.getPath().stream()
        .map(
            step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
        .collect(Collectors.joining("."));
  }
}
