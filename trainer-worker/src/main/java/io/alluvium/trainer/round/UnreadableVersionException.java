package io.alluvium.trainer.round;

import java.io.IOException;

/** What the log names as released, or as the head, cannot be read as it was written. */
final class UnreadableVersionException extends IOException {
  private static final long serialVersionUID = 1L;

  UnreadableVersionException(Exception cause) {
    super("the released version is damaged: " + cause.getMessage(), cause);
  }
}
