package io.alluvium.trainer.line;

import java.io.IOException;

/** A file none of whose lines can be read, because all of it is in another encoding. */
public final class EncodingException extends IOException {
  private static final long serialVersionUID = 1;

  EncodingException(String message) {
    super(message);
  }
}
