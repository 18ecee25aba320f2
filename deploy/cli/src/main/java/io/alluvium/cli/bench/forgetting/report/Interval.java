package io.alluvium.cli.bench.forgetting.report;

import io.alluvium.trainer.gate.StudentT;
import java.util.List;
import java.util.Locale;

/**
 * A mean over seeds with the half width of its 95 % interval (Student's t).
 *
 * @param mean of the values
 * @param half not a number for a single value
 */
record Interval(double mean, double half) {
  private static final StudentT TWO_SIDED = new StudentT(0.975);

  static Interval of(List<Double> values) {
    double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    double square = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
    int freedom = values.size() - 1;
    double half =
        freedom < 1
            ? Double.NaN
            : TWO_SIDED.quantile(freedom) * Math.sqrt(square / freedom / values.size());
    return new Interval(mean, half);
  }

  /** The half width; 0 for a single value. */
  double halfOrZero() {
    return Double.isNaN(half) ? 0 : half;
  }

  @Override
  public String toString() {
    if (Double.isNaN(mean)) {
      return "–";
    }
    return Double.isNaN(half)
        ? String.format(Locale.ROOT, "%.3f", mean)
        : String.format(Locale.ROOT, "%.3f ± %.3f", mean, half);
  }
}
