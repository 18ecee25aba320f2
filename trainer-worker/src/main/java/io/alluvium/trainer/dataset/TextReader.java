package io.alluvium.trainer.dataset;

import io.alluvium.schemas.Message;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.trainer.base.chat.Turn;
import io.alluvium.trainer.base.text.ExampleText;
import java.util.List;
import java.util.Objects;

/** Reads the text of examples. Pure. */
public final class TextReader {
  private TextReader() {}

  /** Text of an example, whichever of its two forms was used. */
  public static ExampleText textOf(TrainingExample example) {
    List<Message> messages = example.getMessages();
    if (messages == null || messages.isEmpty()) {
      return new ExampleText.Completion(
          Objects.requireNonNullElse(example.getPrompt(), ""),
          Objects.requireNonNullElse(example.getCompletion(), ""));
    }
    return new ExampleText.Conversation(
        messages.stream().map(m -> new Turn(m.getRole(), m.getContent())).toList());
  }
}
