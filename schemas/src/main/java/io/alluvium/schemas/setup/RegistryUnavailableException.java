package io.alluvium.schemas.setup;

/** The schema registry did not answer in time; the message names its URL and the remedy. */
public final class RegistryUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** One line: URL, cause, what to do. */
  public RegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
