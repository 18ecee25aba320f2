package io.alluvium.cli.bench.forgetting;

import java.util.List;
import java.util.Locale;

/**
 * A mean over seeds with the half width of its 95 % interval (Student's t).
 *
 * @param mean of the values
 * @param half not a number for a single value
 */
record Interval(double mean, double half) {
  /** 97.5 % quantiles of Student's t for 1 to 19 degrees of freedom. */
  private static final double[] T = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093
  };

  static Interval of(List<Double> values) {
    double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    double square = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
    int freedom = values.size() - 1;
    double half =
        freedom < 1
            ? Double.NaN
            : T[Math.min(freedom, T.length) - 1] * Math.sqrt(square / freedom / values.size());
    return new Interval(mean, half);
  }

  @Override
  public String toString() {
    return Double.isNaN(half)
        ? String.format(Locale.ROOT, "%.3f", mean)
        : String.format(Locale.ROOT, "%.3f ± %.3f", mean, half);
  }
}
