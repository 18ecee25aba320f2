package io.alluvium.trainer.publish.store;

/** The artifact store is not one that can be used; the message names the place and the remedy. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** One line: place, cause, remedy. */
  StoreException(String message) {
    super(message);
  }
}
