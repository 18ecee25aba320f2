package io.alluvium.cli.produce.line;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.alluvium.schemas.Message;
import io.alluvium.schemas.TrainingExample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines of JSON as training examples: {@code {"prompt", "completion"}} or {@code {"messages":
 * [{"role", "content"}]}}, with optional adapter, id, eventTime (ISO 8601 or milliseconds since the
 * epoch), source, importance, subject, labels. Pure.
 */
public final class ExampleLines {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private static final Set<String> FIELDS =
      Set.of(
          "adapter",
          "prompt",
          "completion",
          "messages",
          "id",
          "eventTime",
          "source",
          "importance",
          "subject",
          "labels");

  private static final Set<String> MESSAGE_FIELDS = Set.of("role", "content");

  private static final Pattern ANY = Pattern.compile(".+");

  private final @Nullable String adapter;
  private final Pattern permitted;

  /**
   * Lines for one adapter.
   *
   * @param adapter adapter id, not empty
   */
  public ExampleLines(String adapter) {
    this(adapter, ANY);
  }

  /**
   * Lines that may name their adapter.
   *
   * @param adapter of lines that name none; null when every line must
   * @param permitted what an adapter's id must match
   */
  public ExampleLines(@Nullable String adapter, Pattern permitted) {
    this.adapter = adapter;
    this.permitted = permitted;
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
      return new ParsedLine.Malformed(broken.rule());
    }
  }

  private static JsonNode checked(JsonNode line) throws FieldException {
    if (!line.isObject()) {
      throw new FieldException("not a JSON object");
    }
    Fields.only(FIELDS, line, "unknown field \"%s\"; put data of your own under labels");
    return line;
  }

  private TrainingExample example(JsonNode line, Instant now) throws FieldException {
    List<Message> messages = messages(line);
    String prompt = Fields.text(line, "prompt");
    String completion = Fields.text(line, "completion");
    checkForm(messages, prompt, completion);
    String id = Fields.text(line, "id");
    return TrainingExample.newBuilder()
        .setId(id == null ? ContentId.of(prompt, completion, messages) : Fields.notEmpty("id", id))
        .setAdapter(adapter(Fields.text(line, "adapter")))
        .setPrompt(prompt)
        .setCompletion(completion)
        .setMessages(messages)
        .setEventTime(Fields.time(line, "eventTime", now))
        .setSource(Fields.text(line, "source"))
        .setImportance(Fields.positive(line, "importance"))
        .setSubject(Fields.text(line, "subject"))
        .setLabels(Fields.texts(line, "labels"))
        .build();
  }

  private String adapter(@Nullable String named) throws FieldException {
    String meant = named == null ? adapter : named;
    if (meant == null) {
      throw new FieldException("names no adapter: add the field adapter, or give --adapter");
    }
    if (!permitted.matcher(meant).matches()) {
      throw new FieldException(
          "adapter \"%s\" is no id, it must match %s".formatted(meant, permitted));
    }
    return meant;
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
      if (!message.isObject()) {
        throw new FieldException("a message is no object with role and content");
      }
      Fields.only(
          MESSAGE_FIELDS,
          message,
          "unknown field \"%s\" of a message; only role and content are learned");
      messages.add(new Message(required(message, "role"), required(message, "content")));
    }
    return messages;
  }

  private static String required(JsonNode message, String name) throws FieldException {
    String value = Fields.text(message, name);
    if (value == null) {
      throw new FieldException("a message has no " + name);
    }
    return value;
  }
}
