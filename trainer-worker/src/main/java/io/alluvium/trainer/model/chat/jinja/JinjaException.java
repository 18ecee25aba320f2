package io.alluvium.trainer.model.chat.jinja;

/** A template that cannot be read or rendered; the message is one line. */
public final class JinjaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  JinjaException(String message) {
    super(message.replaceAll("\\s*[\\r\\n]\\s*", " "));
  }
}
