package io.alluvium.stack.launch;

import io.alluvium.stack.process.SetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the processes of one data directory keep what belongs to them.
 *
 * @param data the data directory, absolute
 */
public record ProcessFolder(Path data) {
  private static final String ARGUMENTS = "java.args";

  /** Folder a process runs in: {@code DATA/NAME}, made when missing. */
  public Path of(String name) {
    return made(data.resolve(name));
  }

  /** Its log: {@code DATA/logs/NAME.log}; kept from run to run. */
  public Path log(String name) {
    return made(logs()).resolve(name + ".log");
  }

  /** All logs: {@code DATA/logs}. */
  public Path logs() {
    return data.resolve("logs");
  }

  /** Its command line after {@code java}: {@code DATA/NAME/java.args}. */
  Path arguments(String name) {
    return of(name).resolve(ARGUMENTS);
  }

  /** Its number, for people: {@code DATA/NAME/pid}. */
  Path pid(String name) {
    return of(name).resolve("pid");
  }

  /** Its exit code, once it has ended: {@code DATA/NAME/exit}. */
  Path exit(String name) {
    return of(name).resolve("exit");
  }

  /**
   * Every name through whose folder a program was ever started.
   *
   * @throws SetupException when the directory cannot be read
   */
  public List<String> names() {
    try (Stream<Path> folders = Files.list(data)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve(ARGUMENTS)))
          .map(folder -> folder.getFileName().toString())
          .toList();
    } catch (IOException e) {
      throw new SetupException("cannot read " + data + ": " + e.getMessage(), e);
    }
  }

  private static Path made(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new SetupException(
          "cannot write to "
              + folder
              + " ("
              + e.getClass().getSimpleName()
              + "); name another data directory",
          e);
    }
  }
}
