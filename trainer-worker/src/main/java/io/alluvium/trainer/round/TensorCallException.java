package io.alluvium.trainer.round;

import io.alluvium.trainer.claim.Refusal;

/** A tensor call of a round failed; the message is one line. */
public final class TensorCallException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TensorCallException(Throwable failed) {
    super("the tensor engine failed: " + Refusal.oneLine(failed), failed);
  }
}
