package io.alluvium.cli.produce.line;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Fields of a JSON object by the kind of value they must have. Pure. */
final class Fields {
  /** Fewer milliseconds are a time before April 1973; as seconds they are one of our days. */
  private static final BigInteger LEAST_MILLIS = BigInteger.valueOf(100_000_000_000L);

  private static final BigInteger MOST_MILLIS =
      BigInteger.valueOf(Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli());

  private Fields() {}

  /** Nothing but these fields; what is not known would be lost in silence. */
  static void only(Set<String> known, JsonNode object, String remedy) throws FieldException {
    Set<String> unknown = new TreeSet<>();
    object.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new FieldException(remedy.formatted(unknown.iterator().next()));
    }
  }

  static @Nullable String text(JsonNode object, String name) throws FieldException {
    JsonNode field = object.get(name);
    if (field == null || field.isNull()) {
      return null;
    }
    if (!field.isTextual()) {
      throw new FieldException(name + " is not a string");
    }
    return field.textValue();
  }

  static String notEmpty(String name, String value) throws FieldException {
    if (value.isBlank()) {
      throw new FieldException(name + " is empty");
    }
    return value;
  }

  static Instant time(JsonNode object, String name, Instant otherwise) throws FieldException {
    JsonNode field = object.get(name);
    if (field == null || field.isNull()) {
      return otherwise;
    }
    return field.isIntegralNumber() ? millis(name, field) : written(name, field.asText());
  }

  private static Instant millis(String name, JsonNode field) throws FieldException {
    BigInteger millis = field.bigIntegerValue();
    if (millis.compareTo(LEAST_MILLIS) < 0) {
      throw new FieldException(
          "%s %s lies before April 1973: give milliseconds since the epoch, not seconds"
              .formatted(name, field));
    }
    if (millis.compareTo(MOST_MILLIS) > 0) {
      throw new FieldException(
          "%s %s lies after the year 9999: give milliseconds since the epoch"
              .formatted(name, field));
    }
    return Instant.ofEpochMilli(millis.longValueExact());
  }

  private static Instant written(String name, String text) throws FieldException {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException noTime) {
      throw new FieldException(
          "%s \"%s\" is neither ISO 8601 with an offset nor milliseconds since the epoch"
              .formatted(name, text));
    }
  }

  static @Nullable Double positive(JsonNode object, String name) throws FieldException {
    JsonNode field = object.get(name);
    if (field == null || field.isNull()) {
      return null;
    }
    double value = field.isNumber() ? field.doubleValue() : Double.NaN;
    if (!(value > 0 && Double.isFinite(value))) {
      throw new FieldException(name + " " + field + " is not a number above 0");
    }
    return value;
  }

  static Map<String, String> texts(JsonNode object, String name) throws FieldException {
    JsonNode field = object.get(name);
    if (field == null || field.isNull()) {
      return Map.of();
    }
    if (!field.isObject()) {
      throw new FieldException(name + " is not an object");
    }
    Map<String, String> texts = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : field.properties()) {
      if (!entry.getValue().isTextual()) {
        throw new FieldException(
            "%s.%s is %s, not a string: write it as text"
                .formatted(name, entry.getKey(), entry.getValue()));
      }
      texts.put(entry.getKey(), entry.getValue().textValue());
    }
    return texts;
  }
}
