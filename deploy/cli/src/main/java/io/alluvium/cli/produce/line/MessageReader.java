package io.alluvium.cli.produce.line;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.cli.produce.field.FieldException;
import io.alluvium.cli.produce.field.Fields;
import io.alluvium.schemas.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads messages and tools by the names that OpenAI gave them. Pure. */
final class MessageReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Set<String> FIELDS =
      Set.of("role", "content", "weight", "name", "tool_calls", "tool_call_id");

  private static final Map<String, String> FORMER =
      Map.of(
          "function_call", "the old form: write tool_calls",
          "refusal", "not learned: give what is to be said as content",
          "audio", "not learned: only text is");

  private MessageReader() {}

  /** The messages of a line; null where it has none. */
  static @Nullable List<Message> messages(JsonNode line) throws FieldException {
    JsonNode field = line.get("messages");
    if (field == null || field.isNull()) {
      return null;
    }
    if (!field.isArray() || field.isEmpty()) {
      throw new FieldException("messages is not a list with at least one message");
    }
    List<Message> messages = new ArrayList<>();
    for (JsonNode message : field) {
      messages.add(message("message " + (messages.size() + 1), message));
    }
    if (messages.stream().noneMatch(MessageReader::couldBeLearned)) {
      throw new FieldException("every assistant message has weight 0: nothing would be learned");
    }
    return messages;
  }

  /** Who speaks last is not judged here: streams-app does, and names its rule. */
  private static boolean couldBeLearned(Message message) {
    return message.getWeight() != 0 || !message.getRole().equals("assistant");
  }

  /** The tools of a line as JSON; null where it has none. */
  static @Nullable String tools(JsonNode line) throws FieldException {
    if (line.hasNonNull("functions")) {
      throw new FieldException(
          "functions is the old form: write tools, a list of {\"type\":\"function\",\"function\":{...}}");
    }
    return objects("tools", line.path("tools"));
  }

  private static Message message(String place, JsonNode json) throws FieldException {
    if (!json.isObject()) {
      throw new FieldException(place + " is no object with role and content");
    }
    for (Map.Entry<String, String> former : FORMER.entrySet()) {
      if (json.hasNonNull(former.getKey())) {
        throw new FieldException(
            "%s of %s is %s".formatted(former.getKey(), place, former.getValue()));
      }
    }
    Fields.only(FIELDS, json, "unknown field \"%s\" of " + place + "; it would not be learned");
    String calls = objects("tool_calls of " + place, json.path("tool_calls"));
    return Message.newBuilder()
        .setRole(role(place, json))
        .setContent(content(place, json, calls != null))
        .setWeight(weight(place, json))
        .setName(Fields.text(json, "name"))
        .setToolCalls(calls)
        .setToolCallId(Fields.text(json, "tool_call_id"))
        .build();
  }

  /** OpenAI's newer models call the system developer; chat templates do not. */
  private static String role(String place, JsonNode json) throws FieldException {
    String role = Fields.text(json, "role");
    if (role == null) {
      throw new FieldException(place + " has no role");
    }
    return role.equals("developer") ? "system" : role;
  }

  private static int weight(String place, JsonNode json) throws FieldException {
    JsonNode weight = json.path("weight");
    if (weight.isMissingNode() || weight.isNull()) {
      return 1;
    }
    double value = weight.isNumber() ? weight.doubleValue() : Double.NaN;
    if (value != 0 && value != 1) {
      throw new FieldException(
          "weight of %s is %s: give 1 (learned) or 0 (only read)"
              .formatted(place, Fields.shown(weight)));
    }
    return (int) value;
  }

  private static String content(String place, JsonNode json, boolean callsTools)
      throws FieldException {
    JsonNode content = json.path("content");
    if (content.isTextual()) {
      return content.textValue();
    }
    if (content.isArray()) {
      return parts(place, content);
    }
    if (!content.isMissingNode() && !content.isNull()) {
      throw new FieldException("content of " + place + " is neither a string nor a list of parts");
    }
    if (!callsTools) {
      throw new FieldException(place + " has no content");
    }
    return "";
  }

  /** One behind the other without a space, as chat templates write a list of them. */
  private static String parts(String place, JsonNode parts) throws FieldException {
    StringBuilder text = new StringBuilder();
    for (JsonNode part : parts) {
      if (part.path("type").asText().equals("text") && part.path("text").isTextual()) {
        text.append(part.path("text").textValue());
      } else {
        throw new FieldException(
            "%s has a part of type %s: only text is learned"
                .formatted(place, Fields.shown(part.path("type"))));
      }
    }
    return text.toString();
  }

  /** A list of objects as the producer gave it, also where it was given as text of JSON. */
  private static @Nullable String objects(String name, JsonNode field) throws FieldException {
    JsonNode list = field.isTextual() ? json(name, field.textValue()) : field;
    if (list.isMissingNode() || list.isNull() || (list.isArray() && list.isEmpty())) {
      return null;
    }
    if (!list.isArray()) {
      throw new FieldException(name + " is not a list of objects");
    }
    for (JsonNode item : list) {
      if (!item.isObject()) {
        throw new FieldException(name + " is not a list of objects");
      }
    }
    return list.toString();
  }

  private static JsonNode json(String name, String text) throws FieldException {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException noJson) {
      throw new FieldException(name + " is not a list of objects");
    }
  }
}
