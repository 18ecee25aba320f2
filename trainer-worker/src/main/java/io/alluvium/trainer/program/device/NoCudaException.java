package io.alluvium.trainer.program.device;

/** A GPU is wanted where the engine has none; the message is one line with the remedy. */
public final class NoCudaException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NoCudaException(String message) {
    super(message);
  }
}
