package io.alluvium.streams.policy.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** YAML laid over YAML, and what is wrong with it in one line. Pure. */
public final class YamlLayers {
  /** Refuses unknown keys; writes durations as they are read. */
  public static final ObjectMapper YAML =
      YAMLMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .build();

  private YamlLayers() {}

  /**
   * Lays one tree over another; an empty section leaves what is below, a list replaces a list.
   *
   * @param base changed in place
   * @param top what wins
   * @return the base
   */
  public static ObjectNode over(ObjectNode base, @Nullable JsonNode top) {
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

  /**
   * What is wrong, naming key and value.
   *
   * @param within what stands before the path of the key, with a dot at its end, or nothing
   */
  public static String explained(String within, JsonProcessingException broken) {
    if (broken instanceof UnrecognizedPropertyException unknown) {
      return "unknown key %s%s, known here: %s"
          .formatted(within, path(unknown), unknown.getKnownPropertyIds());
    }
    if (broken instanceof InvalidFormatException format) {
      return "%s%s is \"%s\", which is no %s"
          .formatted(
              within, path(format), format.getValue(), format.getTargetType().getSimpleName());
    }
    if (broken instanceof ValueInstantiationException refused && refused.getCause() != null) {
      return Objects.requireNonNullElse(refused.getCause().getMessage(), "refused");
    }
    return broken instanceof JsonMappingException mapping
        ? within + path(mapping) + ": " + mapping.getOriginalMessage()
        : broken.getOriginalMessage().replace('\n', ' ');
  }

  private static String path(JsonMappingException failure) {
    return failure.getPath().stream()
        .map(JsonMappingException.Reference::getFieldName)
        .collect(Collectors.joining("."));
  }
}
