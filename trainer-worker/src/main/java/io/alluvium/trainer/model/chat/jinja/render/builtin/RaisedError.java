package io.alluvium.trainer.model.chat.jinja.render.builtin;

/** A template's own complaint, by {@code raise_exception}; the message is the template's. */
public final class RaisedError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RaisedError(String message) {
    super(message);
  }
}
