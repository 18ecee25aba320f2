package io.alluvium.trainer.adapter;

import java.io.IOException;
import java.nio.file.Path;

/** A folder that is no LoRA adapter of this base; the message is one line: file, field, remedy. */
public final class BadAdapterException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param file the file at fault
   * @param what what is wrong with it
   */
  public BadAdapterException(Path file, String what) {
    super(file + ": " + what);
  }
}
