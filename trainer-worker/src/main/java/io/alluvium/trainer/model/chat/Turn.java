package io.alluvium.trainer.model.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/**
 * One message of a conversation.
 *
 * @param role who speaks, such as system, user, assistant, tool
 * @param content what is said
 * @param weight 1 where what the assistant says is learned, 0 where it is only read
 * @param fields what else the template is told of the message, such as {@code name} or {@code
 *     tool_calls}, by Hugging Face's names
 */
public record Turn(String role, String content, int weight, Map<String, JsonNode> fields) {
  /** Name of the field that holds what the assistant calls. */
  public static final String TOOL_CALLS = "tool_calls";

  private static final String ASSISTANT = "assistant";

  /** Copies the fields and checks the weight. */
  public Turn {
    if (weight != 0 && weight != 1) {
      throw new IllegalArgumentException("weight of a message is " + weight + ", want 0 or 1");
    }
    fields = Map.copyOf(fields);
  }

  /** A message that says nothing but its content. */
  public Turn(String role, String content) {
    this(role, content, 1, Map.of());
  }

  /** The same without a field. */
  public Turn without(String field) {
    Map<String, JsonNode> others = new HashMap<>(fields);
    others.remove(field);
    return new Turn(role, content, weight, others);
  }

  /** The same with other words. */
  public Turn saying(String other) {
    return new Turn(role, other, weight, fields);
  }

  /** Whether the model speaks. */
  public boolean assistant() {
    return role.equals(ASSISTANT);
  }

  /** Whether what is said is learned. */
  public boolean learned() {
    return assistant() && weight == 1;
  }
}
