package io.alluvium.streams.weigh;

/**
 * How weights are made.
 *
 * @param policy which policy
 * @param epochExamples scored examples per base and adapter after which a new temperature is frozen
 * @param minTemperature lowest temperature, nats per response token
 * @param minWeight lower clamp of weights, at least 0
 * @param maxWeight upper clamp of weights
 */
public record WeighConfig(
    WeighPolicy policy,
    int epochExamples,
    double minTemperature,
    double minWeight,
    double maxWeight) {

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
  }

  private static void require(boolean holds, String key, Number value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("weigh.%s is %s, %s".formatted(key, value, rule));
    }
  }
}
