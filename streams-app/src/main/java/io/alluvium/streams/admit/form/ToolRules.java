package io.alluvium.streams.admit.form;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.alluvium.schemas.Message;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.admit.reason.AdmitReason;
import io.alluvium.streams.stage.verdict.Refusal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Tools and calls of them: JSON arrays of objects, and only where somebody can call. Pure. */
public final class ToolRules {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private ToolRules() {}

  /** The first refusal; empty for nearly all examples, which know no tools. */
  static Optional<Refusal> check(TrainingExample example) {
    List<Message> messages = Objects.requireNonNullElse(example.getMessages(), List.of());
    if (example.getTools() != null && messages.isEmpty()) {
      return refuse("tools stand beside prompt and completion, only messages can call them");
    }
    return array("tools", example.getTools())
        .or(() -> messages.stream().map(ToolRules::calls).flatMap(Optional::stream).findFirst());
  }

  private static Optional<Refusal> calls(Message message) {
    if (message.getToolCalls() != null && !message.getRole().equals("assistant")) {
      return refuse("toolCalls of a message whose role is \"" + message.getRole() + "\"");
    }
    if (message.getToolCallId() != null && !message.getRole().equals("tool")) {
      return refuse("toolCallId of a message whose role is \"" + message.getRole() + "\"");
    }
    return array("toolCalls", message.getToolCalls());
  }

  private static Optional<Refusal> array(String name, @Nullable String text) {
    return text == null || isArray(text)
        ? Optional.empty()
        : refuse(name + " is no JSON array of at least one object");
  }

  /** Whether a text is what tools and calls must be. */
  public static boolean isArray(String text) {
    try {
      JsonNode array = JSON.readTree(text);
      return array.isArray()
          && !array.isEmpty()
          && StreamSupport.stream(array.spliterator(), false).allMatch(JsonNode::isObject);
    } catch (JsonProcessingException noJson) {
      return false;
    }
  }

  private static Optional<Refusal> refuse(String detail) {
    return Optional.of(new Refusal(AdmitReason.BAD_TOOLS, detail));
  }
}
