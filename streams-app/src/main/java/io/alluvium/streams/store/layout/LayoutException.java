package io.alluvium.streams.store.layout;

/** State of another form; the message is one line that says what to do. */
public final class LayoutException extends RuntimeException {
  private static final long serialVersionUID = 1;

  LayoutException(String message) {
    super(message);
  }
}
