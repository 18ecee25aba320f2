package io.alluvium.streams.bench.planted.outcome;

import io.alluvium.streams.bench.planted.stream.Planted;
import org.jspecify.annotations.Nullable;

/**
 * What became of a planted example.
 *
 * @param planted the example
 * @param reason for which it was refused; empty when it was not
 * @param isMasked whether something in it was masked
 * @param weighed what reached training; null when nothing did
 */
public record Outcome(Planted planted, String reason, boolean isMasked, @Nullable Weighed weighed) {

  /**
   * An example in training.
   *
   * @param baseLoss nats per response token
   * @param adapterLoss the same under the adapter; null before its first version
   * @param weight of the loss
   * @param kind familiar, novel or outlier; null while there is too little to compare with
   * @param score of novelty, 0 to 1; null while the class is
   * @param drift the signal in which a drift was found at it, or null
   */
  public record Weighed(
      double baseLoss,
      @Nullable Double adapterLoss,
      double weight,
      @Nullable String kind,
      @Nullable Double score,
      @Nullable String drift) {}

  /** Whether it was refused for a reason that begins so. */
  public boolean isRefused(String prefix) {
    return reason.startsWith(prefix);
  }
}
