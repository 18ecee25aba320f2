package io.alluvium.stack.process;

import org.jspecify.annotations.Nullable;

/** The local stack could not do what was asked; the message is one line for a person. */
public abstract sealed class StackException extends RuntimeException
    permits SetupException, StartException {
  private static final long serialVersionUID = 1L;

  StackException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
