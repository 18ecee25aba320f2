package io.alluvium.trainer.rederive;

/** A version cannot be made again here; the message is one line that says what is missing. */
public final class UnderivableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnderivableException(String message) {
    super(message);
  }
}
