package io.alluvium.trainer.model.check;

import java.io.IOException;
import java.nio.file.Path;

/** A folder that cannot serve as base model; the message is one line: file, field, remedy. */
public final class BadModelFolderException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param file the file or folder at fault
   * @param what what is wrong with it and what to do
   */
  public BadModelFolderException(Path file, String what) {
    super(file + ": " + what);
  }
}
