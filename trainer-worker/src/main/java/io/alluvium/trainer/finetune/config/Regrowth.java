package io.alluvium.trainer.finetune.config;

/**
 * When a sparse adapter drops entries and grows others. What it began with was drawn at random, so
 * the first choice, after a few steps, is one of all entries.
 *
 * @param everySteps steps between two choices; in a window of fewer than twice as many, half of it
 * @param share of the entries that is dropped at the beginning of an adapter's life
 * @param floor share that is dropped however old it is
 * @param horizonSteps steps of an adapter's life over which the share falls to nothing, or to the
 *     floor
 */
public record Regrowth(int everySteps, double share, double floor, int horizonSteps) {
  private static final int FIRST = 4;

  /** Checks the values; the message names them. */
  public Regrowth {
    Check.that(everySteps >= 1, "finetune.adapter.regrowth.everySteps", everySteps, "1 or more");
    Check.that(share >= 0 && share <= 1, "finetune.adapter.regrowth.share", share, "in [0, 1]");
    Check.that(
        floor >= 0 && floor <= share, "finetune.adapter.regrowth.floor", floor, "in [0, share]");
    Check.that(
        horizonSteps >= 1, "finetune.adapter.regrowth.horizonSteps", horizonSteps, "1 or more");
  }

  /** A fifth, falling to a fiftieth over 16 windows of 32 steps. */
  public static Regrowth defaults() {
    return new Regrowth(16, 0.2, 0.02, 512);
  }

  /**
   * Whether to choose after a step; never after a window's last one, since what is grown then would
   * be published untrained.
   *
   * @param lifetimeStep steps taken since the adapter was fresh
   * @param windowStep steps taken in this window
   * @param windowSteps steps of this window
   */
  public boolean due(long lifetimeStep, int windowStep, int windowSteps) {
    int every = Math.min(everySteps, Math.max(1, windowSteps / 2));
    return windowStep < windowSteps && (lifetimeStep == FIRST || windowStep % every == 0);
  }

  /** Share of the entries to be dropped after so many steps of an adapter's life. */
  public double shareAt(long lifetimeStep) {
    double falling = share * (1 - lifetimeStep / (double) horizonSteps);
    return lifetimeStep <= FIRST ? 1 : Math.max(floor, falling);
  }
}
