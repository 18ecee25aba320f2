package io.alluvium.cli.local.machine;

import io.alluvium.cli.terminal.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Room for a data directory.
 *
 * @param place where it was looked, the nearest folder that exists
 * @param freeBytes what is left there
 */
public record DiskSpace(Path place, long freeBytes) {
  private static final int MEBIBYTE_BITS = 20;

  /** What some days of records and versions take. */
  private static final long COMFORT = 2L << 30;

  /** Below it the broker may end before the first version: its segments are made in advance. */
  private static final long LEAST = 256L << MEBIBYTE_BITS;

  /**
   * Looks.
   *
   * @param folder may be missing yet
   */
  public static DiskSpace at(Path folder) {
    Path existing = folder;
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return new DiskSpace(existing, existing.toFile().getUsableSpace());
  }

  /** Whether there is as much as is needed. */
  public boolean enough() {
    return freeBytes >= COMFORT;
  }

  /** What is left, and the remedy where it is not enough. */
  public String line() {
    String found = "%d MiB free at %s".formatted(freeBytes >> MEBIBYTE_BITS, place);
    return enough()
        ? found
        : "%s: %d MiB are needed, free some or name another place with --data"
            .formatted(found, COMFORT >> MEBIBYTE_BITS);
  }

  /**
   * Refuses what cannot go well.
   *
   * @return a warning where it may not go well for long
   * @throws CommandException (usage) when the disk is full
   */
  public Optional<String> ensureEnough() {
    if (freeBytes < LEAST) {
      throw CommandException.usage("disk full: " + line());
    }
    return enough() ? Optional.empty() : Optional.of("warning: little disk: " + line());
  }
}
