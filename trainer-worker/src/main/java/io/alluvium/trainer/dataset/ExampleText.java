package io.alluvium.trainer.dataset;

import io.alluvium.schemas.Message;
import io.alluvium.schemas.TrainingExample;
import java.util.List;
import java.util.Objects;

/**
 * The text of an example: what is given and what is learned.
 *
 * @param prompt may be empty
 * @param completion the answer
 */
public record ExampleText(String prompt, String completion) {

  /** Text of an example, whichever of its two forms was used. */
  public static ExampleText of(TrainingExample example) {
    List<Message> messages = example.getMessages();
    return messages == null || messages.isEmpty()
        ? new ExampleText(
            Objects.requireNonNullElse(example.getPrompt(), ""),
            Objects.requireNonNullElse(example.getCompletion(), ""))
        : ofMessages(messages);
  }

  /**
   * Text of a conversation: turns before the last stand as "role: content" lines in the prompt,
   * which ends with "assistant: "; the last turn is the completion.
   *
   * @param messages at least one turn
   */
  public static ExampleText ofMessages(List<Message> messages) {
    int last = messages.size() - 1;
    StringBuilder prompt = new StringBuilder();
    for (Message message : messages.subList(0, last)) {
      prompt.append(message.getRole()).append(": ").append(message.getContent()).append('\n');
    }
    Message answer = messages.get(last);
    return new ExampleText(prompt + answer.getRole() + ": ", answer.getContent());
  }
}
