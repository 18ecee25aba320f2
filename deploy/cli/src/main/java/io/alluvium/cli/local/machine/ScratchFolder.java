package io.alluvium.cli.local.machine;

import io.alluvium.cli.terminal.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A folder that is gone, with all in it, when it is closed.
 *
 * @param path where it is
 */
public record ScratchFolder(Path path) implements AutoCloseable {
  /**
   * Makes one in the system's temporary folder.
   *
   * @param prefix of its name
   * @throws CommandException when there is no room
   */
  public static ScratchFolder make(String prefix) {
    try {
      return new ScratchFolder(Files.createTempDirectory(prefix));
    } catch (IOException full) {
      throw failed(full);
    }
  }

  /**
   * Makes one in a folder, which is made too where it is missing.
   *
   * @param parent the folder
   * @param prefix of its name
   * @throws CommandException when there is no room
   */
  public static ScratchFolder in(Path parent, String prefix) {
    try {
      return new ScratchFolder(Files.createTempDirectory(Files.createDirectories(parent), prefix));
    } catch (IOException full) {
      throw CommandException.failed(
          "cannot make a folder in %s (%s): name another".formatted(parent, full.getMessage()),
          full);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException stays) {
      throw failed(stays);
    }
  }

  private static CommandException failed(IOException cause) {
    return CommandException.failed(
        "cannot use the temporary folder (%s): free some space".formatted(cause.getMessage()),
        cause);
  }
}
