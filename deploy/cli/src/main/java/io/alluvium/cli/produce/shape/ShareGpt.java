package io.alluvium.cli.produce.shape;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.produce.field.FieldException;
import io.alluvium.cli.produce.field.Fields;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Conversations as ShareGPT has them, with the further roles of LLaMA-Factory's data
 * (function_call, observation) and, as others write them, with role and content in place of from
 * and value. Pure.
 */
final class ShareGpt {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CALL = "function_call";

  private static final Map<String, String> ROLES =
      Map.ofEntries(
          Map.entry("human", "user"),
          Map.entry("user", "user"),
          Map.entry("gpt", "assistant"),
          Map.entry("chatgpt", "assistant"),
          Map.entry("bard", "assistant"),
          Map.entry("bing", "assistant"),
          Map.entry("model", "assistant"),
          Map.entry("assistant", "assistant"),
          Map.entry(CALL, "assistant"),
          Map.entry("system", "system"),
          Map.entry("tool", "tool"),
          Map.entry("observation", "tool"),
          Map.entry("function_response", "tool"));

  private static final Set<String> FIELDS = with(Shape.COMMON, "conversations", "system", "tools");

  private static final Set<String> TURN_FIELDS =
      Set.of("from", "value", "role", "content", "weight", "name");

  private ShareGpt() {}

  /** The same conversation as messages. */
  static ObjectNode messages(ObjectNode line) throws FieldException {
    Fields.only(FIELDS, line, "unknown field \"%s\"; put data of your own under labels");
    JsonNode turns = line.path("conversations");
    if (!turns.isArray() || turns.isEmpty()) {
      throw new FieldException("conversations is not a list with at least one turn");
    }
    ObjectNode own = line.deepCopy();
    own.remove("conversations");
    ArrayNode messages = own.putArray("messages");
    addSystem(own, messages);
    for (int i = 0; i < turns.size(); i++) {
      messages.add(message("turn " + (i + 1), turns.get(i)));
    }
    return own;
  }

  /** A system prompt beside the turns is the first of them. */
  static void addSystem(ObjectNode line, ArrayNode messages) throws FieldException {
    String system = Fields.text(line, "system");
    line.remove("system");
    if (system != null && !system.isBlank()) {
      messages.addObject().put("role", "system").put("content", system);
    }
  }

  static Set<String> with(Set<String> fields, String... more) {
    Set<String> all = new HashSet<>(fields);
    all.addAll(Set.of(more));
    return Set.copyOf(all);
  }

  private static ObjectNode message(String place, JsonNode turn) throws FieldException {
    if (!turn.isObject()) {
      throw new FieldException(place + " is no object with from and value");
    }
    Fields.only(TURN_FIELDS, turn, "unknown field \"%s\" of " + place);
    String named = Fields.text(turn, turn.has("from") ? "from" : "role");
    String from = named == null ? "" : named;
    String role = ROLES.get(from);
    if (role == null) {
      throw new FieldException(
          "%s is from \"%s\", which is none of human, gpt, system, tool, function_call, observation"
              .formatted(place, from));
    }
    ObjectNode message = JsonNodeFactory.instance.objectNode().put("role", role);
    JsonNode value = turn.path(turn.has("value") ? "value" : "content");
    if (from.equals(CALL)) {
      message.put("content", "").set("tool_calls", calls(place, value));
    } else {
      message.set("content", value.isMissingNode() ? message.nullNode() : value);
    }
    copyIfSaid(turn, "weight", message);
    copyIfSaid(turn, "name", message);
    return message;
  }

  private static void copyIfSaid(JsonNode turn, String field, ObjectNode message) {
    if (turn.hasNonNull(field)) {
      message.set(field, turn.get(field));
    }
  }

  /** One call or several, as JSON in the turn's text. */
  private static ArrayNode calls(String place, JsonNode value) throws FieldException {
    ArrayNode calls = JsonNodeFactory.instance.arrayNode();
    JsonNode said = json(place, value.asText());
    for (JsonNode call : said.isArray() ? said : JsonNodeFactory.instance.arrayNode().add(said)) {
      if (!call.path("name").isTextual()) {
        throw new FieldException(notACall(place));
      }
      calls.addObject().put("type", "function").set("function", call);
    }
    return calls;
  }

  private static JsonNode json(String place, String text) throws FieldException {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException noJson) {
      throw new FieldException(notACall(place));
    }
  }

  private static String notACall(String place) {
    return place + " is from function_call, but no JSON object with name and arguments";
  }
}
