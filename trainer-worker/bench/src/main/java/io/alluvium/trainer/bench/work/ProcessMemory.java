package io.alluvium.trainer.bench.work;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Resident memory of this process as Linux counts it; 0 on other systems. */
public enum ProcessMemory {
  /** Now, all kinds together. */
  RESIDENT("VmRSS:"),
  /** At its highest. */
  PEAK("VmHWM:"),
  /** Now, without mapped files. */
  ANONYMOUS("RssAnon:"),
  /** Now, mapped files alone. */
  FILES("RssFile:");

  private static final Path STATUS = Path.of("/proc/self/status");

  private final String field;

  ProcessMemory(String field) {
    this.field = field;
  }

  /** Bytes. */
  public long bytes() {
    try {
      if (!Files.isReadable(STATUS)) {
        return 0;
      }
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(field))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
