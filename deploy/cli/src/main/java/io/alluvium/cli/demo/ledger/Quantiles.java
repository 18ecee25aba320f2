package io.alluvium.cli.demo.ledger;

import java.util.List;

/** Quantiles of a few thousand values by sorting them. */
public final class Quantiles {
  private Quantiles() {}

  /**
   * The smallest value that at least this share of all values does not exceed.
   *
   * @param values in any order; not a number comes back when there are none
   * @param share above 0, up to 1
   */
  public static double of(List<Double> values, double share) {
    List<Double> sorted = values.stream().sorted().toList();
    int rank = (int) Math.ceil(share * sorted.size());
    return sorted.isEmpty() ? Double.NaN : sorted.get(Math.max(0, rank - 1));
  }
}
