package io.alluvium.cli.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.cli.fault.FileFault;
import io.alluvium.cli.terminal.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The texts of a suite's file, one for each line. Pure but for reading. */
final class SuiteLines {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> FIELDS =
      List.of("prompt", "question", "text", "completion", "answer");

  private SuiteLines() {}

  /**
   * Prompt and answer of each item.
   *
   * @throws CommandException (usage) when a line is no item
   */
  static List<String> read(Path file) {
    try {
      List<String> texts = new ArrayList<>();
      for (String line : Files.readAllLines(file)) {
        if (!line.isBlank()) {
          texts.add(text(file, texts.size() + 1, line));
        }
      }
      return texts;
    } catch (IOException unreadable) {
      throw CommandException.usage(
          "cannot read %s (%s): name a suite with one JSON object a line"
              .formatted(file, FileFault.words(unreadable)),
          unreadable);
    }
  }

  private static String text(Path file, int line, String json) {
    List<String> parts = new ArrayList<>();
    try {
      JsonNode item = JSON.readTree(json);
      FIELDS.forEach(field -> add(item.path(field), parts));
      item.path("messages").forEach(message -> add(message.path("content"), parts));
    } catch (JsonProcessingException noJson) {
      throw CommandException.usage("%s line %d is no JSON".formatted(file, line), noJson);
    }
    if (parts.isEmpty()) {
      throw CommandException.usage(
          "%s line %d has no text: give prompt and completion, or messages".formatted(file, line));
    }
    return String.join(" ", parts);
  }

  private static void add(JsonNode node, List<String> parts) {
    if (node.isTextual()) {
      parts.add(node.asText());
    }
  }
}
