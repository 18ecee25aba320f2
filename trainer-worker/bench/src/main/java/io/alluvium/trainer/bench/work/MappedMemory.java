package io.alluvium.trainer.bench.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
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
public record MappedMemory(
    long residentBytes,
    long proportionalBytes,
    long sharedBytes,
    long privateBytes,
    long anonymousBytes) {
  private static final Path MAPS = Path.of("/proc/self/smaps");

  /** Adds up all mappings of files in a folder. */
  public static MappedMemory ofFilesIn(Path folder) throws IOException {
    try (Stream<String> lines = Files.lines(MAPS)) {
      return of(lines.toList(), folder.toRealPath().toString());
    }
  }

  /** The same from the lines of {@code smaps}. */
  static MappedMemory of(List<String> lines, String folder) {
    Map<String, Long> sums = new HashMap<>();
    boolean within = false;
    for (String line : lines) {
      if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
        within = line.contains(" " + folder + "/");
      } else if (within && line.endsWith(" kB")) {
        long bytes = 1024 * Long.parseLong(line.replaceAll("\\D", ""));
        sums.merge(line.substring(0, line.indexOf(':')), bytes, Long::sum);
      }
    }
    return new MappedMemory(
        sum(sums, "Rss"),
        sum(sums, "Pss"),
        sum(sums, "Shared_Clean") + sum(sums, "Shared_Dirty"),
        sum(sums, "Private_Clean") + sum(sums, "Private_Dirty"),
        sum(sums, "Anonymous"));
  }

  private static long sum(Map<String, Long> sums, String field) {
    return sums.getOrDefault(field, 0L);
  }
}
