package io.alluvium.schemas.record;

import io.alluvium.schemas.Message;

/** Turns of a conversation, made and asked about without naming every field. Pure. */
public final class Messages {
  private static final String ASSISTANT = "assistant";

  private Messages() {}

  /** A turn that says nothing but its content, and is learned if it is an assistant's. */
  public static Message of(String role, String content) {
    return Message.newBuilder().setRole(role).setContent(content).build();
  }

  /** Whether what is said here is learned. */
  public static boolean learned(Message message) {
    return message.getRole().equals(ASSISTANT) && message.getWeight() != 0;
  }
}
