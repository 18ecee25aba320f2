package io.alluvium.stack.launch;

import io.alluvium.stack.process.SetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the processes of one data directory keep what belongs to them.
 *
 * @param data the data directory, absolute
 */
public record ProcessFolder(Path data) {
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
    return of(name).resolve("java.args");
  }

  /** Its number, for people: {@code DATA/NAME/pid}. */
  Path pid(String name) {
    return of(name).resolve("pid");
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
