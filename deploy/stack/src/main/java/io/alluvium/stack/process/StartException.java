package io.alluvium.stack.process;

import org.jspecify.annotations.Nullable;

/** A process was started and did not become ready, or could not be stopped. */
public final class StartException extends StackException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one line: the process, what it did, where its log is
   */
  public StartException(String message) {
    this(message, null);
  }

  /**
   * @param message one line: the process, what it did, where its log is
   * @param cause what the operating system said
   */
  public StartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
