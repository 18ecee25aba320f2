package io.alluvium.trainer.base.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.alluvium.trainer.base.chat.Turn;
import io.alluvium.trainer.base.chat.UnrenderableChatException;
import java.util.List;
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
      return turns.get(turns.size() - 1).content().isEmpty();
    }

    /** What only a template could write is refused by name. */
    private void requirePlain() {
      if (tools != null) {
        throw new UnrenderableChatException("the base has no chat template that writes tools");
      }
      for (Turn turn : turns) {
        for (String field : turn.fields().keySet()) {
          throw new UnrenderableChatException("the base has no chat template that writes " + field);
        }
      }
      if (!turns.get(turns.size() - 1).learned()) {
        throw new UnrenderableChatException(
            "the base has no chat template, so the last message alone is learned, and it is not the"
                + " assistant's with weight 1");
      }
    }

    /**
     * As a base without a chat template sees it: turns before the last stand as "role: content"
     * lines in the prompt, which ends with the last turn's role; the last turn is the completion.
     *
     * @throws UnrenderableChatException when there is something that only a template could write
     */
    Completion plain() {
      requirePlain();
      StringBuilder prompt = new StringBuilder();
      for (Turn turn : turns.subList(0, turns.size() - 1)) {
        prompt.append(turn.role()).append(": ").append(turn.content()).append('\n');
      }
      Turn last = turns.get(turns.size() - 1);
      return new Completion(prompt + last.role() + ": ", last.content());
    }
  }

  /** Reads {@code {prompt, completion}} or {@code {messages: [{role, content}]}}. */
  static ExampleText ofJson(JsonNode json) {
    if (json.path("messages").isEmpty()) {
      return new Completion(json.path("prompt").asText(), json.path("completion").asText());
    }
    return new Conversation(
        StreamSupport.stream(json.path("messages").spliterator(), false)
            .map(turn -> new Turn(turn.path("role").asText(), turn.path("content").asText()))
            .toList());
  }
}
