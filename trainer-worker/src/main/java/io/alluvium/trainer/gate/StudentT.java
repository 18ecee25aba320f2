package io.alluvium.trainer.gate;

/**
 * Student's t distribution.
 *
 * @param probability of a quantile, above 0.5 and below 1
 */
public record StudentT(double probability) {

  /**
   * What T stays below with the probability. Newton's steps from zero; the distribution bends down,
   * so that they rise to the quantile.
   *
   * @param freedom degrees of freedom, at least 1
   */
  public double quantile(int freedom) {
    double steepest = steepest(freedom);
    double angle = 0;
    double next = (2 * probability - 1) / steepest;
    while (next > angle) {
      angle = next;
      double missing = 2 * probability - 1 - central(angle, freedom);
      next = angle + missing / (steepest * Math.pow(Math.cos(angle), freedom - 1));
    }
    return Math.tan(angle) * Math.sqrt(freedom);
  }

  /** The slope of {@link #central} at zero; elsewhere the cosine's power is a factor of it. */
  private static double steepest(int freedom) {
    boolean odd = freedom % 2 == 1;
    double slope = odd ? 2 / Math.PI : 1;
    for (int k = odd ? 3 : 4; k <= freedom; k += 2) {
      slope *= (k - 1.0) / (k - 2);
    }
    return slope;
  }

  /**
   * P(|T| ≤ √f·tan(angle)), Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and
   * 26.7.4.
   */
  private static double central(double angle, int freedom) {
    boolean odd = freedom % 2 == 1;
    double square = Math.cos(angle) * Math.cos(angle);
    double term = odd ? Math.cos(angle) : 1;
    double sum = 0;
    for (int k = odd ? 1 : 0; k <= freedom - 2; k += 2) {
      sum += term;
      term *= square * (k + 1) / (k + 2);
    }
    return odd ? 2 / Math.PI * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
  }
}
