package io.alluvium.trainer.model.chat;

/** A conversation that the folder's chat template does not take; the message is one line. */
public final class UnrenderableChatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what the template says, or what is wrong with the conversation
   */
  public UnrenderableChatException(String message) {
    super(message);
  }
}
