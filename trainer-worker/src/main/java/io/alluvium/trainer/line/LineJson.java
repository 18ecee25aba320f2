package io.alluvium.trainer.line;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Strict JSON: one object, no field twice, nothing behind it, and only what UTF-8 can write. Pure.
 */
final class LineJson {
  /** No example is deeper; what is would cost the stack of every program that reads it. */
  private static final int DEEPEST = 100;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final Pattern TWICE = Pattern.compile("Duplicate field '(.*)'");

  /** What Jackson says of its own switches is nothing that a person with a file could turn. */
  private static final Pattern SWITCHES =
      Pattern.compile("(: enable `|\\s*\\(for |, from `|; to enable ).*", Pattern.DOTALL);

  static {
    JSON.getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(DEEPEST)
                .maxStringLength(LineSource.MOST_BYTES)
                .build());
  }

  private LineJson() {}

  /** Reads a text without its line end. */
  static Line read(long number, String text) {
    try {
      JsonNode json = JSON.readTree(text);
      if (!(json instanceof ObjectNode object)) {
        return new Line.Broken(number, "not a JSON object" + remedy(json));
      }
      return loneSurrogate("", json)
          .<Line>map(reason -> new Line.Broken(number, reason))
          .orElseGet(() -> new Line.Read(number, object));
    } catch (JsonProcessingException noJson) {
      return new Line.Broken(number, "not JSON: " + words(noJson));
    }
  }

  private static String remedy(JsonNode json) {
    return json.isArray() ? ": write one object a line, as jq -c '.[]' does with a list" : "";
  }

  private static String words(JsonProcessingException noJson) {
    String words = SWITCHES.matcher(noJson.getOriginalMessage()).replaceFirst("");
    if (words.contains("nesting depth")) {
      return "nested deeper than " + DEEPEST;
    }
    if (words.startsWith("Trailing token")) {
      return "something stands behind the object";
    }
    Matcher twice = TWICE.matcher(words);
    return twice.find() ? "field \"%s\" stands twice".formatted(twice.group(1)) : words;
  }

  /** The first field whose name or text UTF-8 cannot write. */
  private static Optional<String> loneSurrogate(String at, JsonNode json) {
    if (json.isTextual()) {
      return isUnicode(json.textValue())
          ? Optional.empty()
          : Optional.of(
              "%s holds half a character (a lone surrogate, \\ud800 to \\udfff)".formatted(at));
    }
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      if (!isUnicode(field.getKey())) {
        return Optional.of("the name of a field of %s holds half a character".formatted(whole(at)));
      }
      Optional<String> found =
          loneSurrogate(
              at.isEmpty() ? field.getKey() : at + "." + field.getKey(), field.getValue());
      if (found.isPresent()) {
        return found;
      }
    }
    return json.isArray() ? inItems(at, json) : Optional.empty();
  }

  private static Optional<String> inItems(String at, JsonNode list) {
    for (int i = 0; i < list.size(); i++) {
      Optional<String> found = loneSurrogate("%s[%d]".formatted(at, i), list.get(i));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static String whole(String at) {
    return at.isEmpty() ? "the line" : at;
  }

  private static boolean isUnicode(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
