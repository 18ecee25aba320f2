package io.alluvium.streams.weigh.rule;

/**
 * Keeps a few heavy examples from being all that counts. Pure.
 *
 * <p>The effective sample size (Kish 1965) is the squared sum of weights over the sum of their
 * squares. When it falls below a share of the examples, the next epoch's policy weights are raised
 * to half the power, which draws them together without changing their order; they go back step by
 * step once the share is well above.
 */
public final class SampleGuard {
  static final double LEAST_EXPONENT = 0.125;

  /** Fewer examples say nothing. */
  private static final int FEWEST = 32;

  private static final double WELL_ABOVE = 2;
  private static final double STEP = 2;

  private SampleGuard() {}

  /** Effective over real number of examples, 0 to 1; 1 where nothing can be said. */
  public static double share(int examples, double sum, double squares) {
    if (examples < FEWEST) {
      return 1;
    }
    return squares == 0 ? 0 : sum * sum / squares / examples;
  }

  /** The power for the next epoch. */
  public static double next(double exponent, double share, double least) {
    if (share < least) {
      return Math.max(exponent / STEP, LEAST_EXPONENT);
    }
    return share >= Math.min(WELL_ABOVE * least, 1) ? Math.min(exponent * STEP, 1) : exponent;
  }
}
