package io.alluvium.streams.weigh;

import io.alluvium.schemas.record.SendLimit;
import io.alluvium.streams.policy.document.SizeBounded;
import io.alluvium.streams.weigh.rule.WeighPolicy;

/**
 * How weights are made.
 *
 * @param policy which policy
 * @param meanOne whether the policy's weight is divided by the mean of the epoch before, so that
 *     the mean is about 1
 * @param epochExamples scored examples per base and adapter after which a new temperature is frozen
 * @param minTemperature lowest temperature, nats per response token
 * @param minWeight lower clamp of weights, at least 0
 * @param maxWeight upper clamp of weights
 * @param noveltyFloor least weight of a novel example before importance; 0 for none
 * @param outlierCeiling largest weight of an outlier before importance
 * @param minEffectiveShare effective sample size over number of examples below which an epoch
 *     raises the alarm and the next one's weights are drawn together
 */
public record WeighConfig(
    WeighPolicy policy,
    boolean meanOne,
    int epochExamples,
    double minTemperature,
    double minWeight,
    double maxWeight,
    double noveltyFloor,
    double outlierCeiling,
    double minEffectiveShare)
    implements SizeBounded {

  /** Checks every number. */
  public WeighConfig {
    require(epochExamples >= 1, "epochExamples", epochExamples, "must be at least 1");
    require(minTemperature > 0, "minTemperature", minTemperature, "must be greater than 0");
    require(minWeight >= 0, "minWeight", minWeight, "must be at least 0");
    require(
        maxWeight >= minWeight && Double.isFinite(maxWeight),
        "maxWeight",
        maxWeight,
        "must be finite and at least weigh.minWeight");
    require(noveltyFloor >= 0, "noveltyFloor", noveltyFloor, "must be at least 0");
    require(outlierCeiling >= 0, "outlierCeiling", outlierCeiling, "must be at least 0");
    require(
        minEffectiveShare >= 0 && minEffectiveShare < 1,
        "minEffectiveShare",
        minEffectiveShare,
        "must be at least 0 and below 1");
  }

  @Override
  public void requireSendable(SendLimit limit) {
    SizeBounded.atMost(
        "weigh.epochExamples", epochExamples, WeighState.mostLosses(limit.stateBytes()), limit);
  }

  private static void require(boolean holds, String key, Number value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("weigh.%s is %s, %s".formatted(key, value, rule));
    }
  }
}
