package io.alluvium.streams.config;

/** The configuration cannot be used; the message is one line: key, value, rule. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With one line for a person, and what it comes from. */
  public ConfigException(String message, Throwable cause) {
    super(message, cause);
  }

  /** With one line for a person. */
  public ConfigException(String message) {
    super(message);
  }
}
