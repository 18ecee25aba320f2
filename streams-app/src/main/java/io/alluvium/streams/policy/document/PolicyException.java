package io.alluvium.streams.policy.document;

/** A policy document that cannot be one; the message is one line that names key and value. */
public final class PolicyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With one line for a person. */
  public PolicyException(String message) {
    super(message);
  }

  /** With one line for a person, and what it comes from. */
  public PolicyException(String message, Throwable cause) {
    super(message, cause);
  }
}
