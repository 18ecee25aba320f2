package io.alluvium.trainer.worker.config;

/** The configuration cannot be used; the message names key, value and rule. */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** One line: key, value, rule. */
  public ConfigurationException(String message) {
    super(message);
  }
}
