package io.alluvium.cli.suite.item;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.fault.FileFault;
import io.alluvium.cli.produce.field.FieldException;
import io.alluvium.cli.produce.shape.Shaping;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.trainer.line.Line;
import io.alluvium.trainer.line.LineSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The texts of a suite's file, one for each line. Pure but for reading. */
public final class SuiteLines {
  private static final List<String> FIELDS =
      List.of("prompt", "question", "text", "completion", "answer");

  private final Shaping shaping;
  private final Consumer<String> refusals;

  /**
   * For a file.
   *
   * @param refusals hears, in one line each, of lines that are no item
   */
  public SuiteLines(Shaping shaping, Consumer<String> refusals) {
    this.shaping = shaping;
    this.refusals = refusals;
  }

  /**
   * An item of a suite.
   *
   * @param number of its line in the file
   * @param text prompt and answer
   */
  public record Item(long number, String text) {}

  /**
   * The items of all lines that hold one.
   *
   * @throws CommandException (usage) when the file cannot be read
   */
  public List<Item> read(Path file) {
    try (LineSource lines = new LineSource(Files.newInputStream(file))) {
      List<Item> items = new ArrayList<>();
      for (Line line = lines.next(); line != null; line = lines.next()) {
        take(line, items);
      }
      return items;
    } catch (IOException unreadable) {
      throw CommandException.usage(
          "cannot read %s (%s): name a suite with one JSON object a line"
              .formatted(file, FileFault.words(unreadable)),
          unreadable);
    }
  }

  private void take(Line line, List<Item> items) {
    try {
      items.add(new Item(line.number(), text(line)));
    } catch (FieldException noItem) {
      refusals.accept("line %d: %s".formatted(line.number(), noItem.rule()));
    }
  }

  private String text(Line line) throws FieldException {
    if (line instanceof Line.Broken broken) {
      throw new FieldException(broken.reason());
    }
    ObjectNode item = ((Line.Read) line).json();
    JsonNode own = isQuestion(item) ? item : shaping.own(item);
    List<String> parts = new ArrayList<>();
    FIELDS.forEach(field -> add(own.path(field), parts));
    own.path("messages").forEach(message -> addContent(message.path("content"), parts));
    if (parts.isEmpty()) {
      throw new FieldException("no text: give prompt and completion, or messages");
    }
    return String.join(" ", parts);
  }

  /** What only suites have. */
  private static boolean isQuestion(JsonNode item) {
    return item.has("question") || (item.has("text") && !item.has("instruction"));
  }

  private static void addContent(JsonNode content, List<String> parts) {
    add(content, parts);
    if (content.isArray()) {
      content.forEach(part -> add(part.path("text"), parts));
    }
  }

  private static void add(JsonNode node, List<String> parts) {
    if (node.isTextual()) {
      parts.add(node.asText());
    }
  }
}
