package io.alluvium.trainer.base.chat.jinja;

/** A template that cannot be rendered with the given variables; the message is one line. */
public final class JinjaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  JinjaException(String message) {
    super(message);
  }
}
