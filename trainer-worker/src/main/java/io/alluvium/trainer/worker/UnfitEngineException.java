package io.alluvium.trainer.worker;

/** The tensor engine of this machine cannot run what a role needs. One line. */
public final class UnfitEngineException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnfitEngineException(String message, Throwable cause) {
    super(message, cause);
  }
}
