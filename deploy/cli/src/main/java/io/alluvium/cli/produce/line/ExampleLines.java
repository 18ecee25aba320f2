package io.alluvium.cli.produce.line;

import com.fasterxml.jackson.databind.JsonNode;
import io.alluvium.cli.produce.field.FieldException;
import io.alluvium.cli.produce.field.Fields;
import io.alluvium.cli.produce.shape.Shaping;
import io.alluvium.schemas.Message;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.trainer.line.Line;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines as training examples: {@code {"prompt", "completion"}} or {@code {"messages":
 * [{"role", "content"}], "tools"}}, with optional adapter, id, eventTime (ISO 8601 or milliseconds
 * since the epoch), source, importance, subject, labels; or what {@link Shaping} makes that of.
 */
public final class ExampleLines {
  private static final Set<String> FIELDS =
      Set.of(
          "adapter",
          "prompt",
          "completion",
          "messages",
          "tools",
          "functions",
          "id",
          "eventTime",
          "source",
          "importance",
          "subject",
          "labels");

  private static final Pattern ANY = Pattern.compile(".+");

  private final @Nullable String adapter;
  private final Pattern permitted;
  private final Shaping shaping;

  /**
   * Lines for one adapter.
   *
   * @param adapter adapter id, not empty
   * @param shaping of the file that they stand in
   */
  public ExampleLines(String adapter, Shaping shaping) {
    this(adapter, ANY, shaping);
  }

  /**
   * Lines that may name their adapter.
   *
   * @param adapter of lines that name none; null when every line must
   * @param permitted what an adapter's id must match
   * @param shaping of the file that they stand in
   */
  public ExampleLines(@Nullable String adapter, Pattern permitted, Shaping shaping) {
    this.adapter = adapter;
    this.permitted = permitted;
    this.shaping = shaping;
  }

  /**
   * Reads one line.
   *
   * @param line as it stands in the file
   * @param now event time of a line that names none
   */
  public ParsedLine parse(Line line, Instant now) {
    if (line instanceof Line.Broken broken) {
      return new ParsedLine.Malformed(broken.reason());
    }
    try {
      JsonNode own = shaping.own(((Line.Read) line).json());
      Fields.only(FIELDS, own, "unknown field \"%s\"; put data of your own under labels");
      return new ParsedLine.Example(example(own, now));
    } catch (FieldException wrong) {
      return new ParsedLine.Malformed(wrong.rule());
    }
  }

  private TrainingExample example(JsonNode line, Instant now) throws FieldException {
    TrainingExample.Builder example = content(line);
    String id = Fields.text(line, "id");
    return example
        .setId(id == null ? ContentId.of(example) : Fields.notEmpty("id", id))
        .setAdapter(adapter(Fields.text(line, "adapter")))
        .setEventTime(Fields.time(line, "eventTime", now))
        .setSource(Fields.text(line, "source"))
        .setImportance(Fields.positive(line, "importance"))
        .setSubject(Fields.text(line, "subject"))
        .setLabels(Fields.texts(line, "labels"))
        .build();
  }

  private static TrainingExample.Builder content(JsonNode line) throws FieldException {
    List<Message> messages = MessageReader.messages(line);
    String prompt = Fields.text(line, "prompt");
    String completion = Fields.text(line, "completion");
    String tools = MessageReader.tools(line);
    checkForm(messages, prompt, completion);
    if (messages == null && tools != null) {
      throw new FieldException(
          "tools stand beside prompt and completion: only messages can call them");
    }
    return TrainingExample.newBuilder()
        .setPrompt(prompt)
        .setCompletion(completion)
        .setMessages(messages)
        .setTools(tools);
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
}
