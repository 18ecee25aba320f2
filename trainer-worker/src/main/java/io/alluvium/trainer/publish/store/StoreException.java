package io.alluvium.trainer.publish.store;

/** The artifact store cannot be used; the message names the place and the remedy. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** One line: place, cause, remedy. */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The same without a cause. */
  public StoreException(String message) {
    super(message);
  }
}
