package io.alluvium.trainer.worker;

/** Something that the worker needs does not answer; the message names it and the remedy. */
public final class DependencyUnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DependencyUnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
