package io.alluvium.streams.dedup;

import io.alluvium.streams.dedup.near.NearConfig;
import java.time.Duration;

/**
 * How far back duplicates are looked for.
 *
 * @param window from the latest record of the partition back, by record timestamps; older ones are
 *     forgotten
 * @param near what counts as a near-duplicate
 */
public record DedupConfig(Duration window, NearConfig near) {
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /** Checks the window. */
  public DedupConfig {
    if (window.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "dedup.window is %s, must be at least %s".formatted(window, SHORTEST));
    }
  }
}
