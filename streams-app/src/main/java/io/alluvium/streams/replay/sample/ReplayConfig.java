package io.alluvium.streams.replay.sample;

import io.alluvium.schemas.record.SendLimit;
import io.alluvium.streams.policy.document.SizeBounded;

/**
 * How much of the past is mixed in.
 *
 * @param share of replays among all records of an adapter, a multiple of 0.001; 0 keeps nothing
 * @param anchorShare of general examples, a multiple of 0.001
 * @param examples most examples kept per base and adapter, and as many anchors
 * @param bytes most bytes kept per base and adapter, and as many for anchors
 * @param repeats how often an example may be replayed before it is let go; anchors have no limit
 * @param seed of the reservoir and of the choice among what is kept
 */
public record ReplayConfig(
    double share, double anchorShare, int examples, int bytes, int repeats, long seed)
    implements SizeBounded {
  private static final int PER_MILLE = 1000;
  private static final int MOST_OLD = 900;
  private static final int MOST_EXAMPLES = 30_000;

  /** Checks every number. */
  public ReplayConfig {
    require(isPerMille(share), "share", share, "must be 0 to 0.9 in steps of 0.001");
    require(
        isPerMille(anchorShare), "anchorShare", anchorShare, "must be 0 to 0.9 in steps of 0.001");
    require(
        perMille(share) + perMille(anchorShare) <= MOST_OLD,
        "share",
        share,
        "must be at most 0.9 together with replay.anchorShare");
    require(examples >= 1 && examples <= MOST_EXAMPLES, "examples", examples, "must be 1 to 30000");
    require(bytes >= 1, "bytes", bytes, "must be at least 1");
    require(repeats >= 1, "repeats", repeats, "must be at least 1");
  }

  @Override
  public void requireSendable(SendLimit limit) {
    SizeBounded.atMost(
        "replay.examples", examples, Reservoir.mostExamples(limit.stateBytes()), limit);
  }

  /** Replays among a thousand records. */
  public int replaysPerMille() {
    return perMille(share);
  }

  /** General examples among a thousand records. */
  public int anchorsPerMille() {
    return perMille(anchorShare);
  }

  private static boolean isPerMille(double value) {
    return value >= 0
        && perMille(value) <= MOST_OLD
        && Math.abs(value * PER_MILLE - perMille(value)) < 1e-9;
  }

  private static int perMille(double value) {
    return (int) Math.round(value * PER_MILLE);
  }

  private static void require(boolean holds, String key, Number value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("replay.%s is %s, %s".formatted(key, value, rule));
    }
  }
}
