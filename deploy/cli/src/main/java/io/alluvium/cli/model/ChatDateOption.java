package io.alluvium.cli.model;

import io.alluvium.trainer.model.chat.ChatTemplate;
import java.time.LocalDate;
import picocli.CommandLine.Option;

/** The option of every command that writes prompts with a chat template. */
public final class ChatDateOption {
  @Option(
      names = "--chat-date",
      paramLabel = "DAY",
      defaultValue = "2024-07-26",
      description =
          "The day that chat templates are told, as base.chatDate of the trainer (default: ${DEFAULT-VALUE}).")
  private LocalDate date = ChatTemplate.USUAL_DATE;

  /** The day. */
  public LocalDate date() {
    return date;
  }
}
