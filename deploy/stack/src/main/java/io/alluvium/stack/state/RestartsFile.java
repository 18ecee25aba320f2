package io.alluvium.stack.state;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.stack.process.SetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;

/** Restarts by process: written by the supervisor alone, read by anybody. */
public final class RestartsFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  /**
   * @param folder of the supervisor
   */
  public RestartsFile(Path folder) {
    this.file = folder.resolve("restarts.json");
  }

  /** What is noted down; nothing when there is no file, or none that can be read. */
  public Map<String, Restarts> read() {
    try {
      return Files.exists(file)
          ? JSON.readValue(file.toFile(), new TypeReference<TreeMap<String, Restarts>>() {})
          : Map.of();
    } catch (IOException damaged) {
      // It is for people to read: what it held decides nothing.
      return Map.of();
    }
  }

  /**
   * Replaces what is noted down.
   *
   * @param restarts by process
   * @throws SetupException when the file cannot be written
   */
  public void write(Map<String, Restarts> restarts) {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.write(draft, JSON.writeValueAsBytes(restarts));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new SetupException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /** Forgets all of it. */
  public void clear() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new SetupException("cannot delete " + file + ": " + e.getMessage(), e);
    }
  }
}
