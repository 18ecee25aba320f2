package io.alluvium.trainer.model.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.alluvium.trainer.model.chat.Turn;
import io.alluvium.trainer.model.chat.UnrenderableChatException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The text of an example: what is given and what is learned. */
public sealed interface ExampleText {
  /** Whether nothing is said that could be learned. */
  boolean silent();

  /**
   * A prompt and its answer.
   *
   * @param prompt may be empty
   * @param completion the answer
   */
  record Completion(String prompt, String completion) implements ExampleText {
    @Override
    public boolean silent() {
      return completion.isEmpty();
    }
  }

  /**
   * A conversation.
   *
   * @param turns at least one
   * @param tools descriptions of tools for the chat template, as Hugging Face's {@code tools}; null
   *     when there are none
   */
  record Conversation(List<Turn> turns, @Nullable JsonNode tools) implements ExampleText {
    /** Copies the list. */
    public Conversation {
      if (turns.isEmpty()) {
        throw new IllegalArgumentException("a conversation has at least one turn");
      }
      turns = List.copyOf(turns);
    }

    /** A conversation without tools. */
    public Conversation(List<Turn> turns) {
      this(turns, /* tools= */ null);
    }

    @Override
    public boolean silent() {
      return turns.stream().noneMatch(Conversation::speaks);
    }

    private static boolean speaks(Turn turn) {
      return turn.learned()
          && !(turn.content().isEmpty() && !turn.fields().containsKey(Turn.TOOL_CALLS));
    }

    /**
     * As a base without a chat template sees it: turns before the last that is learned stand as
     * "role: content" lines in the prompt, which ends with that turn's role; that turn is the
     * completion, and what comes after it is left out.
     *
     * @throws UnrenderableChatException when there is something that only a template could write,
     *     or nothing that is learned
     */
    Completion plain() {
      requirePlain();
      int last = lastLearned();
      StringBuilder prompt = new StringBuilder();
      for (Turn turn : turns.subList(0, last)) {
        prompt.append(turn.role()).append(": ").append(turn.content()).append('\n');
      }
      return new Completion(prompt + turns.get(last).role() + ": ", turns.get(last).content());
    }

    /** What only a template could write is refused by name. */
    private void requirePlain() {
      if (tools != null) {
        throw unwritten("tools");
      }
      for (Turn turn : turns) {
        for (String field : turn.fields().keySet()) {
          throw unwritten(field);
        }
        if (turn.role().equals("tool")) {
          throw unwritten("messages of the role tool");
        }
      }
    }

    private static UnrenderableChatException unwritten(String what) {
      return new UnrenderableChatException(
          "the base has no chat template that writes %s: leave them out, or take a base that does"
              .formatted(what));
    }

    private int lastLearned() {
      for (int last = turns.size() - 1; last >= 0; last--) {
        if (turns.get(last).learned()) {
          return last;
        }
      }
      throw new UnrenderableChatException(
          "no message is the assistant's with weight 1: nothing would be learned");
    }
  }

  /**
   * Reads {@code {prompt, completion}} or {@code {messages: [{role, content}], tools}}; a message
   * may have a weight, a name, tool_calls and a tool_call_id.
   *
   * @throws IllegalArgumentException when a weight is not 0 or 1
   */
  static ExampleText ofJson(JsonNode json) {
    if (json.path("messages").isEmpty()) {
      return new Completion(json.path("prompt").asText(), json.path("completion").asText());
    }
    return new Conversation(
        StreamSupport.stream(json.path("messages").spliterator(), false)
            .map(ExampleText::turn)
            .toList(),
        json.hasNonNull("tools") ? json.get("tools") : null);
  }

  private static Turn turn(JsonNode message) {
    Map<String, JsonNode> fields = new HashMap<>();
    for (String name : List.of("name", Turn.TOOL_CALLS, "tool_call_id")) {
      if (message.hasNonNull(name)) {
        fields.put(name, message.get(name));
      }
    }
    return new Turn(
        message.path("role").asText(),
        message.hasNonNull("content") ? message.get("content").asText() : "",
        message.path("weight").asInt(1),
        fields);
  }
}
