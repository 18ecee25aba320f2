package io.alluvium.cli.produce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.alluvium.schemas.Message;
import io.alluvium.schemas.TrainingExample;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines of JSON as training examples: {@code {"prompt", "completion"}} or {@code {"messages":
 * [{"role", "content"}]}}, with optional id, eventTime (ISO 8601 or milliseconds since the epoch),
 * source, importance, subject, labels. Pure.
 */
public final class ExampleLines {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private static final Set<String> FIELDS =
      Set.of(
          "prompt",
          "completion",
          "messages",
          "id",
          "eventTime",
          "source",
          "importance",
          "subject",
          "labels");

  private final String adapter;

  /**
   * Lines for one adapter.
   *
   * @param adapter adapter id, not empty
   */
  public ExampleLines(String adapter) {
    this.adapter = adapter;
  }

  /**
   * Reads one line.
   *
   * @param line text without the line end
   * @param now event time of a line that names none
   */
  public ParsedLine parse(String line, Instant now) {
    try {
      return new ParsedLine.Example(example(checked(JSON.readTree(line)), now));
    } catch (JsonProcessingException noJson) {
      return new ParsedLine.Malformed("not JSON: " + noJson.getOriginalMessage());
    } catch (FieldException broken) {
      return new ParsedLine.Malformed(broken.rule);
    }
  }

  private static JsonNode checked(JsonNode line) throws FieldException {
    if (!line.isObject()) {
      throw new FieldException("not a JSON object");
    }
    Set<String> unknown = new TreeSet<>();
    line.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(FIELDS);
    if (!unknown.isEmpty()) {
      throw new FieldException(
          "unknown field \"%s\"; put data of your own under labels"
              .formatted(unknown.iterator().next()));
    }
    return line;
  }

  private TrainingExample example(JsonNode line, Instant now) throws FieldException {
    List<Message> messages = messages(line);
    String prompt = text(line, "prompt");
    String completion = text(line, "completion");
    checkForm(messages, prompt, completion);
    String id = text(line, "id");
    return TrainingExample.newBuilder()
        .setId(id == null ? ContentId.of(prompt, completion, messages) : notEmpty("id", id))
        .setAdapter(adapter)
        .setPrompt(prompt)
        .setCompletion(completion)
        .setMessages(messages)
        .setEventTime(eventTime(line, now))
        .setSource(text(line, "source"))
        .setImportance(importance(line))
        .setSubject(text(line, "subject"))
        .setLabels(labels(line))
        .build();
  }

  private static void checkForm(
      @Nullable List<Message> messages, @Nullable String prompt, @Nullable String completion)
      throws FieldException {
    boolean pair = prompt != null && completion != null;
    boolean half = prompt != null || completion != null;
    if (messages == null ? !pair : half) {
      throw new FieldException("needs either prompt and completion, or messages");
    }
  }

  private static @Nullable List<Message> messages(JsonNode line) throws FieldException {
    JsonNode field = line.get("messages");
    if (field == null || field.isNull()) {
      return null;
    }
    if (!field.isArray() || field.isEmpty()) {
      throw new FieldException("messages is not a list with at least one message");
    }
    List<Message> messages = new ArrayList<>();
    for (JsonNode message : field) {
      messages.add(new Message(required(message, "role"), required(message, "content")));
    }
    return messages;
  }

  private static String required(JsonNode message, String name) throws FieldException {
    String value = text(message, name);
    if (value == null) {
      throw new FieldException("a message has no " + name);
    }
    return value;
  }

  private static @Nullable String text(JsonNode line, String name) throws FieldException {
    JsonNode field = line.get(name);
    if (field == null || field.isNull()) {
      return null;
    }
    if (!field.isTextual()) {
      throw new FieldException(name + " is not a string");
    }
    return field.textValue();
  }

  private static String notEmpty(String name, String value) throws FieldException {
    if (value.isBlank()) {
      throw new FieldException(name + " is empty");
    }
    return value;
  }

  private static Instant eventTime(JsonNode line, Instant now) throws FieldException {
    JsonNode field = line.get("eventTime");
    if (field == null || field.isNull()) {
      return now;
    }
    try {
      return field.isIntegralNumber()
          ? Instant.ofEpochMilli(field.longValue())
          : OffsetDateTime.parse(field.asText()).toInstant();
    } catch (DateTimeException noTime) {
      throw new FieldException(
          "eventTime \"%s\" is neither ISO 8601 with an offset nor milliseconds since the epoch"
              .formatted(field.asText()));
    }
  }

  private static @Nullable Double importance(JsonNode line) throws FieldException {
    JsonNode field = line.get("importance");
    if (field == null || field.isNull()) {
      return null;
    }
    double value = field.isNumber() ? field.doubleValue() : Double.NaN;
    if (!(value > 0 && Double.isFinite(value))) {
      throw new FieldException("importance " + field + " is not a number above 0");
    }
    return value;
  }

  private static Map<String, String> labels(JsonNode line) throws FieldException {
    JsonNode field = line.get("labels");
    if (field == null || field.isNull()) {
      return Map.of();
    }
    if (!field.isObject()) {
      throw new FieldException("labels is not an object");
    }
    Map<String, String> labels = new HashMap<>();
    field.properties().forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    return labels;
  }

  /** A field that breaks a rule; the message says which. */
  private static final class FieldException extends Exception {
    private static final long serialVersionUID = 1;

    private final String rule;

    FieldException(String rule) {
      super(rule);
      this.rule = rule;
    }
  }
}
