package io.alluvium.trainer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What this process has resident of mapped files, as Linux counts it.
 *
 * @param residentBytes in memory
 * @param proportionalBytes each page divided by the number of processes that map it
 * @param sharedBytes pages that another process maps too
 * @param privateBytes pages that no other process maps
 * @param anonymousBytes pages that were written and are no longer the file's
 */
record MappedMemory(
    long residentBytes,
    long proportionalBytes,
    long sharedBytes,
    long privateBytes,
    long anonymousBytes) {
  private static final Path MAPS = Path.of("/proc/self/smaps");

  /** Adds up all mappings of files in a folder. */
  static MappedMemory ofFilesIn(Path folder) throws IOException {
    try (Stream<String> lines = Files.lines(MAPS)) {
      return of(lines.toList(), folder.toRealPath().toString());
    }
  }

  /** The same from the lines of {@code smaps}. */
  static MappedMemory of(List<String> lines, String folder) {
    Map<Field, Long> sums = new EnumMap<>(Field.class);
    boolean within = false;
    for (String line : lines) {
      if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
        within = line.contains(" " + folder + "/");
      } else if (within) {
        for (Field field : Field.values()) {
          sums.merge(field, field.bytes(line), Long::sum);
        }
      }
    }
    return new MappedMemory(
        sum(sums, Field.RSS),
        sum(sums, Field.PSS),
        sum(sums, Field.SHARED_CLEAN, Field.SHARED_DIRTY),
        sum(sums, Field.PRIVATE_CLEAN, Field.PRIVATE_DIRTY),
        sum(sums, Field.ANONYMOUS));
  }

  private static long sum(Map<Field, Long> sums, Field... fields) {
    return Stream.of(fields).mapToLong(field -> sums.getOrDefault(field, 0L)).sum();
  }

  private enum Field {
    RSS("Rss:"),
    PSS("Pss:"),
    SHARED_CLEAN("Shared_Clean:"),
    SHARED_DIRTY("Shared_Dirty:"),
    PRIVATE_CLEAN("Private_Clean:"),
    PRIVATE_DIRTY("Private_Dirty:"),
    ANONYMOUS("Anonymous:");

    private final String name;

    Field(String name) {
      this.name = name;
    }

    /** Of a line such as {@code Rss: 108 kB}; 0 where it is of another field. */
    long bytes(String line) {
      return line.startsWith(name) ? 1024 * Long.parseLong(line.replaceAll("\\D", "")) : 0;
    }
  }
}
