package io.alluvium.trainer.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.alluvium.schemas.Message;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.trainer.model.chat.Turn;
import io.alluvium.trainer.model.chat.UnrenderableChatException;
import io.alluvium.trainer.model.text.ExampleText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the text of examples. Pure. */
public final class TextReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TextReader() {}

  /**
   * Text of an example, whichever of its two forms was used.
   *
   * @throws UnrenderableChatException when its tools or the calls of a message are no JSON
   */
  public static ExampleText textOf(TrainingExample example) {
    List<Message> messages = example.getMessages();
    if (messages == null || messages.isEmpty()) {
      return new ExampleText.Completion(
          Objects.requireNonNullElse(example.getPrompt(), ""),
          Objects.requireNonNullElse(example.getCompletion(), ""));
    }
    return new ExampleText.Conversation(
        messages.stream().map(TextReader::turn).toList(), tools(example.getTools()));
  }

  private static Turn turn(Message message) {
    Map<String, JsonNode> fields = new HashMap<>();
    putIfSaid(fields, "name", text(message.getName()));
    putIfSaid(fields, "tool_calls", json("toolCalls", message.getToolCalls()));
    putIfSaid(fields, "tool_call_id", text(message.getToolCallId()));
    // Admission lets nothing but 0 and 1 pass; a weight is no reason to end a process.
    return new Turn(
        message.getRole(), message.getContent(), message.getWeight() == 0 ? 0 : 1, fields);
  }

  private static @Nullable JsonNode tools(@Nullable String tools) {
    return json("tools", tools);
  }

  private static void putIfSaid(
      Map<String, JsonNode> fields, String name, @Nullable JsonNode said) {
    if (said != null) {
      fields.put(name, said);
    }
  }

  private static @Nullable JsonNode text(@Nullable String text) {
    return text == null ? null : TextNode.valueOf(text);
  }

  private static @Nullable JsonNode json(String name, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException noJson) {
      throw new UnrenderableChatException(name + " is no JSON: " + noJson.getOriginalMessage());
    }
  }
}
