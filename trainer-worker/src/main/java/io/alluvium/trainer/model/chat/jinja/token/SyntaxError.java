package io.alluvium.trainer.model.chat.jinja.token;

/** A source that is no template; the message is one line and names the line of the source. */
public final class SyntaxError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A complaint about a line of the template. */
  public SyntaxError(int line, String message) {
    super("line " + line + ": " + message);
  }
}
