package io.alluvium.trainer.gate.measure;

import com.fasterxml.jackson.databind.JsonNode;
import io.alluvium.trainer.line.EncodingException;
import io.alluvium.trainer.line.Line;
import io.alluvium.trainer.line.LineSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of questions with answers, one JSON object a line.
 *
 * @param what it is, in messages
 * @param key of the configuration that names it
 * @param file where it is
 */
public record SuiteFile(String what, String key, Path file) {
  /**
   * One line.
   *
   * @param place names it in messages, with a colon
   * @param json what it says: messages, or a completion
   */
  public record Item(String place, JsonNode json) {}

  /**
   * All lines.
   *
   * @throws BadSuiteException when the file or a line cannot be used; names it
   */
  public List<Item> items() {
    return lines().stream().map(this::item).toList();
  }

  private List<Line> lines() {
    try (LineSource lines = new LineSource(Files.newInputStream(file))) {
      return lines.all();
    } catch (EncodingException cause) {
      throw unreadable(String.valueOf(cause.getMessage()));
    } catch (IOException cause) {
      throw unreadable(cause.getClass().getSimpleName());
    }
  }

  private BadSuiteException unreadable(String why) {
    return new BadSuiteException(
        "%s %s cannot be read (%s): correct %s".formatted(what, file, why, key));
  }

  private Item item(Line line) {
    String place = "%s %s line %d: ".formatted(what, file, line.number());
    if (line instanceof Line.Broken broken) {
      throw new BadSuiteException(place + broken.reason());
    }
    JsonNode json = ((Line.Read) line).json();
    if (json.path("messages").isEmpty() && json.path("completion").asText().isEmpty()) {
      throw new BadSuiteException(place + "needs prompt and completion, or messages");
    }
    return new Item(place, json);
  }
}
