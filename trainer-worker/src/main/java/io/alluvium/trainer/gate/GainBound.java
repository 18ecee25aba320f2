package io.alluvium.trainer.gate;

import java.util.Arrays;

/**
 * Lower confidence bound of a mean gain, paired per example: Student's t with Hall's correction for
 * skewness (Hall, "On the removal of skewness by transformation", Journal of the Royal Statistical
 * Society B 54, 1992; the idea is Johnson's, JASA 73, 1978), made careful in three ways.
 *
 * <ul>
 *   <li>The skewness that it corrects for is the sample's less one standard error, √(6/n): losses
 *       that are rare and large hide from a small sample.
 *   <li>It only ever lowers the bound: skewness to the right gives nothing back. Where rare losses
 *       may be so large that the transformation turns back on itself, nothing is said.
 *   <li>Gains that do not differ say nothing of their spread, so nothing is said of their mean.
 * </ul>
 *
 * <p>What it cannot: with probability (1 - p)ⁿ a sample shows no loss of probability p. Where such
 * losses outweigh all gains, no bound that is made of the gains alone keeps its level before n
 * exceeds ln(1 - confidence) / ln(1 - p). Who can name the worst loss closes that gap: losses so
 * rare that a sample of n may hide them have at most a share of -ln(1 - confidence) / n, and the
 * bound then allows for that share of the worst. Pure and without chance: the same gains, in any
 * order, give the same bound.
 *
 * @param confidence one-sided, above 0.5 and below 1
 * @param worstLoss how far below the mean gain an example may lie that was not seen, nats, finite,
 *     at least 0; with 0 unseen losses are not allowed for
 */
public record GainBound(double confidence, double worstLoss) {
  /** With fewer there is no skewness. */
  private static final int FEWEST = 3;

  /** Share of the gains' size below which a spread is rounding. */
  private static final double ROUNDING = 1e-9;

  /** Below this the corrected quantile is the quantile, but for rounding. */
  private static final double NO_LEANING = 1e-6;

  /** Without allowance for losses that the gains do not show. */
  public GainBound(double confidence) {
    this(confidence, 0);
  }

  /** Checks both. */
  public GainBound {
    if (!(confidence > 0.5 && confidence < 1)) {
      throw new IllegalArgumentException(
          "confidence is %s, must be above 0.5 and below 1".formatted(confidence));
    }
    if (!(worstLoss >= 0 && worstLoss < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "worst loss is %s, must be finite and at least 0".formatted(worstLoss));
    }
  }

  /**
   * What the mean gain exceeds with the confidence.
   *
   * @param gains loss before less loss after, per example, nats
   * @return nats; negative infinity where nothing can be said: with fewer than three gains, with
   *     gains that do not differ, with too much skewness for their number, and with one that is not
   *     finite
   */
  public double lowerBound(double[] gains) {
    double[] ordered = gains.clone();
    // A sum depends on the order in which it is made.
    Arrays.sort(ordered);
    if (!saysSomething(ordered)) {
      return Double.NEGATIVE_INFINITY;
    }
    Moments moments = Moments.of(ordered);
    double quantile = new StudentT(confidence).quantile(ordered.length - 1);
    double seen = moments.mean() - widened(quantile, moments) * moments.standardError();
    double bound = Math.min(seen, moments.mean() - hidden(ordered.length));
    return Double.isNaN(bound) ? Double.NEGATIVE_INFINITY : bound;
  }

  /** What losses take away that are rare enough to be hidden. */
  private double hidden(int count) {
    return -Math.log(1 - confidence) * worstLoss / count;
  }

  private static boolean saysSomething(double[] ordered) {
    if (ordered.length < FEWEST || !Arrays.stream(ordered).allMatch(Double::isFinite)) {
      return false;
    }
    double least = ordered[0];
    double most = ordered[ordered.length - 1];
    return most - least > ROUNDING * Math.max(Math.abs(least), Math.abs(most));
  }

  /**
   * The t value whose transform is the quantile: Hall's t + γt²/(3√n) + γ²t³/(27n) + γ/(6√n),
   * solved for t; infinite past the turning point, where a larger t has no larger transform.
   */
  private static double widened(double quantile, Moments moments) {
    double leaning = moments.carefulLeaning();
    if (leaning < NO_LEANING) {
      return quantile;
    }
    double inner = 1 - leaning * (quantile + leaning / 6);
    return inner > 0 ? 3 / leaning * (1 - Math.cbrt(inner)) : Double.POSITIVE_INFINITY;
  }

  /**
   * Of a sample.
   *
   * @param skewness adjusted for the sample's size (Fisher's G1)
   */
  private record Moments(int count, double mean, double standardError, double skewness) {

    static Moments of(double[] values) {
      int count = values.length;
      double mean = Arrays.stream(values).sum() / count;
      double second = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / count;
      double deviation = Math.sqrt(second);
      // Divided before the cube, which would leave the range of doubles sooner.
      double third = Arrays.stream(values).map(v -> cube((v - mean) / deviation)).sum();
      double adjust = Math.sqrt(count * (count - 1.0)) / (count - 2);
      return new Moments(count, mean, deviation / Math.sqrt(count - 1.0), adjust * third / count);
    }

    private static double cube(double value) {
      return value * value * value;
    }

    /** -γ/√n for a skewness one standard error below the sample's. */
    double carefulLeaning() {
      return (Math.sqrt(6.0 / count) - skewness) / Math.sqrt(count);
    }
  }
}
