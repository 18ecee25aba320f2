package io.alluvium.cli.produce.field;

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
public final class Fields {
  /** Fewer milliseconds are a time before April 1973; as seconds they are one of our days. */
  private static final BigInteger LEAST_MILLIS = BigInteger.valueOf(100_000_000_000L);

  private static final long LAST_MILLI = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  private static final BigInteger MOST_MILLIS = BigInteger.valueOf(LAST_MILLI);

  /** Characters of a value that a message quotes. */
  private static final int SHOWN = 80;

  private Fields() {}

  /**
   * Nothing but these fields; what is not known would be lost in silence. A null says nothing.
   *
   * @param remedy what is said of another, with a place for its name
   */
  public static void only(Set<String> known, JsonNode object, String remedy) throws FieldException {
    Set<String> unknown = new TreeSet<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!field.getValue().isNull()) {
        unknown.add(field.getKey());
      }
    }
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new FieldException(remedy.formatted(unknown.iterator().next()));
    }
  }

  /** A text, or null where there is none. */
  public static @Nullable String text(JsonNode object, String name) throws FieldException {
    JsonNode field = object.get(name);
    if (field == null || field.isNull()) {
      return null;
    }
    if (!field.isTextual()) {
      throw new FieldException(name + " is not a string");
    }
    return field.textValue();
  }

  /** The same text where it holds more than blanks. */
  public static String notEmpty(String name, String value) throws FieldException {
    if (value.isBlank()) {
      throw new FieldException(name + " is empty");
    }
    return value;
  }

  /** A time in milliseconds since the epoch or in ISO 8601, between 1970 and 9999. */
  public static Instant time(JsonNode object, String name, Instant otherwise)
      throws FieldException {
    JsonNode field = object.get(name);
    if (field == null || field.isNull()) {
      return otherwise;
    }
    if (field.isTextual()) {
      return written(name, field.textValue());
    }
    if (!field.isIntegralNumber()) {
      throw new FieldException(
          "%s %s is no time: give whole milliseconds since the epoch, or ISO 8601 with an offset"
              .formatted(name, shown(field)));
    }
    return millis(name, field);
  }

  private static Instant millis(String name, JsonNode field) throws FieldException {
    BigInteger millis = field.bigIntegerValue();
    if (millis.compareTo(LEAST_MILLIS) < 0) {
      throw new FieldException(
          "%s %s lies before April 1973: give milliseconds since the epoch, not seconds"
              .formatted(name, shown(field)));
    }
    if (millis.compareTo(MOST_MILLIS) > 0) {
      throw new FieldException(
          "%s %s lies after the year 9999: give milliseconds since the epoch"
              .formatted(name, shown(field)));
    }
    return Instant.ofEpochMilli(millis.longValueExact());
  }

  private static Instant written(String name, String text) throws FieldException {
    Instant time;
    try {
      time = OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException noTime) {
      throw new FieldException(
          "%s \"%s\" is neither ISO 8601 with an offset nor milliseconds since the epoch"
              .formatted(name, shortened(text)));
    }
    if (!time.isAfter(Instant.EPOCH) || time.isAfter(Instant.ofEpochMilli(LAST_MILLI))) {
      throw new FieldException(
          "%s \"%s\" lies outside the years 1970 to 9999".formatted(name, shortened(text)));
    }
    return time;
  }

  /** A value as a message shows it: on one line, and no longer than one. */
  public static String shown(JsonNode value) {
    return shortened(value.toString());
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
  }

  /** A number above 0, or null where there is none. */
  public static @Nullable Double positive(JsonNode object, String name) throws FieldException {
    JsonNode field = object.get(name);
    if (field == null || field.isNull()) {
      return null;
    }
    double value = field.isNumber() ? field.doubleValue() : Double.NaN;
    if (!(value > 0 && Double.isFinite(value))) {
      throw new FieldException(name + " " + shown(field) + " is not a number above 0");
    }
    return value;
  }

  /** An object of texts; nothing where there is none. */
  public static Map<String, String> texts(JsonNode object, String name) throws FieldException {
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
                .formatted(name, entry.getKey(), shown(entry.getValue())));
      }
      texts.put(entry.getKey(), entry.getValue().textValue());
    }
    return texts;
  }
}
