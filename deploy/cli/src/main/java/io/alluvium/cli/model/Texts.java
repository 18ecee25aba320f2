package io.alluvium.cli.model;

import io.alluvium.schemas.Message;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.trainer.base.text.TokenSequence;
import java.util.List;
import java.util.stream.Collectors;

/** Examples as the model sees them, rendered as the worker renders them. */
final class Texts {
  private Texts() {}

  static TokenSequence encoded(Model model, TrainingExample example) {
    List<Message> messages = example.getMessages();
    if (messages != null) {
      return encoded(model, messages);
    }
    return model.encode(example.getPrompt(), example.getCompletion());
  }

  private static TokenSequence encoded(Model model, List<Message> messages) {
    Message last = messages.get(messages.size() - 1);
    String prompt =
        messages.subList(0, messages.size() - 1).stream()
            .map(message -> message.getRole() + ": " + message.getContent() + "\n")
            .collect(Collectors.joining("", "", last.getRole() + ":"));
    return model.encode(prompt, " " + last.getContent());
  }
}
