package io.alluvium.trainer.model.chat.jinja.python.value;

/** What Python would raise; the message says what is wrong with which value. */
public final class PythonError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one line
   */
  public PythonError(String message) {
    super(message);
  }
}
