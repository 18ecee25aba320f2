package io.alluvium.cli.produce.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.produce.field.FieldException;
import io.alluvium.cli.produce.field.Fields;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Instructions as Stanford's Alpaca has them, with system and history as in LLaMA-Factory's data:
 * there too the user says the instruction, a line end and the input. Pure.
 */
final class Alpaca {
  /** The text field of Stanford's own file is the same once more, in a template. */
  private static final Set<String> FIELDS =
      ShareGpt.with(
          Shape.COMMON, "instruction", "input", "output", "system", "history", "text", "tools");

  private static final List<String> OWN =
      List.of("instruction", "input", "output", "history", "text");

  private Alpaca() {}

  /** The same as messages. */
  static ObjectNode messages(ObjectNode line) throws FieldException {
    Fields.only(FIELDS, line, "unknown field \"%s\"; put data of your own under labels");
    ObjectNode own = line.deepCopy();
    own.remove(OWN);
    ArrayNode messages = own.putArray("messages");
    ShareGpt.addSystem(own, messages);
    for (JsonNode round : history(line)) {
      if (!round.isArray() || round.size() != 2) {
        throw new FieldException("history is not a list of pairs [instruction, output]");
      }
      add(messages, "user", text(round.get(0)));
      add(messages, "assistant", text(round.get(1)));
    }
    add(messages, "user", asked(line));
    add(messages, "assistant", Fields.text(line, "output"));
    return own;
  }

  private static Iterable<JsonNode> history(ObjectNode line) throws FieldException {
    if (!line.hasNonNull("history")) {
      return List.of();
    }
    if (!line.get("history").isArray()) {
      throw new FieldException("history is not a list of pairs [instruction, output]");
    }
    return line.get("history");
  }

  private static String asked(ObjectNode line) throws FieldException {
    String instruction = Fields.text(line, "instruction");
    String input = Fields.text(line, "input");
    if (instruction == null) {
      throw new FieldException("of shape alpaca, but without instruction");
    }
    return input == null || input.isBlank() ? instruction : instruction + "\n" + input;
  }

  private static @Nullable String text(JsonNode node) throws FieldException {
    if (!node.isTextual()) {
      throw new FieldException("history holds " + Fields.shown(node) + ", not a string");
    }
    return node.textValue();
  }

  private static void add(ArrayNode messages, String role, @Nullable String content)
      throws FieldException {
    if (content == null) {
      throw new FieldException("of shape alpaca, but without output");
    }
    messages.addObject().put("role", role).put("content", content);
  }
}
