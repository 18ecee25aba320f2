package io.alluvium.trainer.base.chat;

/**
 * One message of a conversation.
 *
 * @param role who speaks, such as system, user, assistant
 * @param content what is said
 */
public record Turn(String role, String content) {
  private static final String ASSISTANT = "assistant";

  /** Whether the model speaks. */
  public boolean assistant() {
    return role.equals(ASSISTANT);
  }
}
