package io.alluvium.trainer.model.safetensors;

import java.io.IOException;
import java.nio.file.Path;

/** A file that is not a whole, consistent safetensors file; the message is one line for a user. */
public final class BadSafetensorsException extends IOException {
  private static final long serialVersionUID = 1L;

  BadSafetensorsException(Path file, String what) {
    super(file + ": " + what);
  }
}
