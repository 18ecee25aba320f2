package io.alluvium.trainer.gate;

import java.nio.file.Path;
import java.util.List;

/**
 * What a candidate is held against.
 *
 * @param heldOutShare part of the ids kept from training, at least 0 and below 1
 * @param minHeldOut with fewer held-out examples the verdict says that it rests on few; at least 1
 * @param confidence one-sided confidence that the held-out gain is real, above 0.5 and below 1
 * @param resamples bootstrap resamples, at least 100
 * @param retention JSONL files of old skills
 * @param maxExactMatchDrop share of a suite's items that may be lost against the base, 0 to 1
 * @param maxLossRise nats per response token that a suite's loss may rise against the base
 * @param lossRule for which suites the rise of the loss decides
 * @param reloadTolerance relative difference allowed between losses before and after writing
 */
public record GateConfig(
    double heldOutShare,
    int minHeldOut,
    double confidence,
    int resamples,
    List<Path> retention,
    double maxExactMatchDrop,
    double maxLossRise,
    LossRule lossRule,
    double reloadTolerance) {

  /** For which suites the rise of the loss decides, and not only informs. */
  public enum LossRule {
    /** Where the base gets (almost) nothing exactly right, so that exact match says nothing. */
    WHERE_NO_EXACT_MATCH,
    /** For every suite. */
    ALWAYS,
    /** For none. */
    NEVER
  }

  /** Below this exact match of the base a suite has nothing to lose by exact match. */
  static final double NO_EXACT_MATCH = 0.05;

  /** Checks each value. */
  public GateConfig {
    check(
        heldOutShare >= 0 && heldOutShare < 1,
        "heldOutShare",
        heldOutShare,
        "at least 0 and below 1");
    check(minHeldOut >= 1, "minHeldOut", minHeldOut, "at least 1");
    check(confidence > 0.5 && confidence < 1, "confidence", confidence, "above 0.5 and below 1");
    check(resamples >= 100, "resamples", resamples, "at least 100");
    check(
        maxExactMatchDrop >= 0 && maxExactMatchDrop <= 1,
        "maxExactMatchDrop",
        maxExactMatchDrop,
        "from 0 to 1");
    check(maxLossRise >= 0, "maxLossRise", maxLossRise, "at least 0");
    check(reloadTolerance > 0, "reloadTolerance", reloadTolerance, "more than 0");
    retention = List.copyOf(retention);
  }

  boolean lossDecides(double baseExactMatch) {
    return switch (lossRule) {
      case ALWAYS -> true;
      case NEVER -> false;
      case WHERE_NO_EXACT_MATCH -> baseExactMatch < NO_EXACT_MATCH;
    };
  }

  private static void check(boolean holds, String key, Object value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("gate.%s is %s, must be %s".formatted(key, value, rule));
    }
  }
}
