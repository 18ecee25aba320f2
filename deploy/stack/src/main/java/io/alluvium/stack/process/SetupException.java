package io.alluvium.stack.process;

import org.jspecify.annotations.Nullable;

/** Nothing was started: the caller must change something first. The message names it. */
public final class SetupException extends StackException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one line: the thing, its value, the remedy
   */
  public SetupException(String message) {
    this(message, null);
  }

  /**
   * @param message one line: the thing, its value, the remedy
   * @param cause what the operating system said
   */
  public SetupException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
