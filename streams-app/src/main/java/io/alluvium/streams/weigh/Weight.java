package io.alluvium.streams.weigh;

import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.WeightedExample;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalDouble;

/** The weight of one example. Pure. */
final class Weight {
  private Weight() {}

  /** Policy's weight times importance, within the clamps; a missing importance is 1. */
  static double of(ScoredExample scored, double temperature, WeighConfig config) {
    double importance = Objects.requireNonNullElse(scored.getExample().getImportance(), 1.0);
    double weight = config.policy().weight(scored.getBaseLoss(), temperature) * importance;
    return Math.min(Math.max(weight, config.minWeight()), config.maxWeight());
  }

  /** The example as training reads it. */
  static WeightedExample stamp(
      ScoredExample scored, Temperature temperature, WeighConfig config, long nowMs) {
    OptionalDouble stamped = config.policy().stamped(temperature.nats());
    return WeightedExample.newBuilder()
        .setScored(scored)
        .setWeight(of(scored, temperature.nats(), config))
        .setTemperature(stamped.isPresent() ? stamped.getAsDouble() : null)
        .setTemperatureVersion(stamped.isPresent() ? temperature.version() : null)
        .setPolicyVersion(config.policy().version())
        .setWeighedAt(Instant.ofEpochMilli(nowMs))
        .build();
  }
}
