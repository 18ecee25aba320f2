package io.alluvium.cli.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Map;
import java.util.Objects;

/** Why a file cannot be read or written. */
public final class FileFault {
  private static final Map<Class<? extends IOException>, String> WORDS =
      Map.of(
          NoSuchFileException.class, "it does not exist",
          AccessDeniedException.class, "permission denied",
          FileAlreadyExistsException.class, "a file is in its place",
          NotDirectoryException.class, "it is no folder",
          DirectoryNotEmptyException.class, "the folder is not empty");

  private FileFault() {}

  /** A few words, without the file's name where the caller says it. */
  public static String words(IOException fault) {
    String known = WORDS.get(fault.getClass());
    if (known != null) {
      return known;
    }
    if (fault instanceof CharacterCodingException) {
      return "it is not UTF-8";
    }
    String reason =
        fault instanceof FileSystemException named ? named.getReason() : fault.getMessage();
    return Objects.requireNonNullElse(reason, "it cannot be read or written")
        .lines()
        .findFirst()
        .orElse("it cannot be read or written");
  }

  /** The same for a fault that a stream wrapped. */
  public static String words(UncheckedIOException fault) {
    return words(Objects.requireNonNull(fault.getCause()));
  }
}
