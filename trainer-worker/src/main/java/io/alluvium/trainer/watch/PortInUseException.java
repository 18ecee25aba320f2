package io.alluvium.trainer.watch;

/** The metrics port cannot be opened; the message names port and remedy. */
public final class PortInUseException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** One line: port, cause, remedy. */
  public PortInUseException(String message, Throwable cause) {
    super(message, cause);
  }
}
