package io.alluvium.streams;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a configuration: the user's YAML laid over the defaults, unknown keys refused. */
final class ConfigFile {
  private static final String DEFAULTS = "defaults.yaml";
  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .addModule(new JavaTimeModule())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private ConfigFile() {}

  /**
   * Reads a file.
   *
   * @throws ConfigException when it is missing, no YAML, or breaks a rule
   */
  static StreamsAppConfig read(Path file) {
    try {
      return YAML.treeToValue(
          over(defaults(), YAML.readTree(Files.newBufferedReader(file))), StreamsAppConfig.class);
    } catch (JsonProcessingException broken) {
      throw new ConfigException("%s: %s".formatted(file, explained(broken)), broken);
    } catch (IOException unreadable) {
      throw new ConfigException("cannot read configuration " + file, unreadable);
    }
  }

  private static ObjectNode defaults() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ConfigFile.class.getResourceAsStream(DEFAULTS), DEFAULTS)) {
      return (ObjectNode) YAML.readTree(in);
    }
  }

  /** An empty section means its defaults. */
  private static ObjectNode over(ObjectNode base, @Nullable JsonNode top) {
    if (top instanceof ObjectNode section) {
      section
          .properties()
          .forEach(
              entry ->
                  base.set(entry.getKey(), merged(base.get(entry.getKey()), entry.getValue())));
    }
    return base;
  }

  private static @Nullable JsonNode merged(@Nullable JsonNode below, JsonNode value) {
    if (value.isNull()) {
      return below;
    }
    return below instanceof ObjectNode base && value.isObject() ? over(base, value) : value;
  }

  private static String explained(JsonProcessingException broken) {
    if (broken instanceof UnrecognizedPropertyException unknown) {
      return "unknown key %s, known here: %s"
          .formatted(path(unknown), unknown.getKnownPropertyIds());
    }
    if (broken instanceof InvalidFormatException format) {
      return "%s is \"%s\", which is no %s"
          .formatted(path(format), format.getValue(), format.getTargetType().getSimpleName());
    }
    if (broken instanceof ValueInstantiationException refused && refused.getCause() != null) {
      return Objects.requireNonNullElse(refused.getCause().getMessage(), "refused");
    }
    return broken instanceof JsonMappingException mapping
        ? path(mapping) + ": " + mapping.getOriginalMessage()
        : broken.getOriginalMessage().replace('\n', ' ');
  }

  private static String path(JsonMappingException failure) {
    return failure.getPath().stream()
        .map(JsonMappingException.Reference::getFieldName)
        .collect(Collectors.joining("."));
  }
}
