package io.alluvium.streams.dedup.near;

/**
 * What counts as a near-duplicate.
 *
 * @param similarity least Jaccard similarity of the sets of three-word runs, of the whole example
 *     and of its response alike, at which a repetition is to be found; over 1 switches the rule off
 * @param examples how many of an adapter's latest examples are looked at
 */
public record NearConfig(double similarity, int examples) {
  private static final double LEAST = 0.3;

  /** Checks both. */
  public NearConfig {
    if (!(similarity >= LEAST)) {
      throw new IllegalArgumentException(
          "dedup.near.similarity is %s, must be at least %s".formatted(similarity, LEAST));
    }
    if (examples < 1) {
      throw new IllegalArgumentException(
          "dedup.near.examples is %d, must be at least 1".formatted(examples));
    }
  }

  /** Whether the rule is on. */
  public boolean looks() {
    return similarity <= 1;
  }
}
