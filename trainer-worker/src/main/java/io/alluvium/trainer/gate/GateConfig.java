package io.alluvium.trainer.gate;

import io.alluvium.trainer.gate.measure.GateInputs;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a candidate is held against.
 *
 * <p>A suite is held twice: against the base, and against the best that a released version of the
 * adapter had on it, since a budget that is counted from the base alone lets a skill that the
 * adapter improved fade version by version down to the base again. Of the best, exact match may
 * fall by {@code maxExactMatchDrop} or by the measured noise, whichever is more. The noise is the
 * standard error of a share of n items, √(p (1 − p) / n) (Miller, "Adding Error Bars to Evals",
 * 2024, for answers right or wrong): the best of many versions is the luckiest among them too, and
 * a suite of few items cannot tell a lesser drop from that luck.
 *
 * @param heldOutShare part of the ids kept from training, at least 0 and below 1
 * @param minHeldOut with fewer held-out examples nothing is released, and no window is cut for its
 *     age; at least 1
 * @param confidence one-sided confidence that the held-out gain is real, above 0.5 and below 1; it
 *     is that of all looks at one line of training together
 * @param maxLooks candidates of one line of training that may follow each other without a release;
 *     at least 1
 * @param retention JSONL files of old skills
 * @param maxExactMatchDrop share of a suite's items that may be lost against the base, and against
 *     the best released version, 0 to 1
 * @param maxLossRise nats per response token that a suite's loss may rise against either
 * @param lossRule for which suites the rise of the loss decides
 * @param own what of the adapter's own past is kept
 * @param canaries JSON lines of secrets that are planted in the stream; null for none
 * @param intruders among how many of the strongest directions of a matrix new ones are counted; 0:
 *     they are not
 * @param pullBacks how often a candidate that is refused for what it forgets alone comes back with
 *     half of its last step; at least 0
 * @param reloadTolerance relative difference allowed between losses before and after writing
 */
public record GateConfig(
    double heldOutShare,
    int minHeldOut,
    double confidence,
    int maxLooks,
    List<Path> retention,
    double maxExactMatchDrop,
    double maxLossRise,
    LossRule lossRule,
    Own own,
    @Nullable Path canaries,
    int intruders,
    int pullBacks,
    double reloadTolerance) {

  /**
   * What an adapter learned earlier.
   *
   * @param examples held-out examples kept for it, over all groups; 0 keeps none
   * @param maxLossShare share of what was gained over the base, in loss, that may be lost again
   * @param maxStepRise nats per response token that the loss on earlier examples of a source may
   *     rise by a round that learned from that source; a rise within its own standard error is none
   */
  public record Own(int examples, double maxLossShare, double maxStepRise) {
    /** Checks all. */
    public Own {
      check(examples >= 0, "own.examples", examples, "at least 0");
      check(
          maxLossShare >= 0 && maxLossShare <= 1, "own.maxLossShare", maxLossShare, "from 0 to 1");
      check(maxStepRise >= 0, "own.maxStepRise", maxStepRise, "at least 0");
    }
  }

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
    check(maxLooks >= 1, "maxLooks", maxLooks, "at least 1");
    check(
        maxExactMatchDrop >= 0 && maxExactMatchDrop <= 1,
        "maxExactMatchDrop",
        maxExactMatchDrop,
        "from 0 to 1");
    check(maxLossRise >= 0, "maxLossRise", maxLossRise, "at least 0");
    check(intruders >= 0, "intruders", intruders, "at least 0");
    check(pullBacks >= 0, "pullBacks", pullBacks, "at least 0");
    check(reloadTolerance > 0, "reloadTolerance", reloadTolerance, "more than 0");
    retention = List.copyOf(retention);
  }

  /** The trainer's defaults, without suites. */
  public static GateConfig defaults() {
    return new GateConfig(
        0.1,
        8,
        0.95,
        12,
        List.of(),
        0.05,
        0.1,
        LossRule.WHERE_NO_EXACT_MATCH,
        new Own(128, 0.05, 0.05),
        null,
        0,
        3,
        1e-5);
  }

  /** The same with so many pull-backs. */
  public GateConfig pullingBack(int times) {
    return new GateConfig(
        heldOutShare,
        minHeldOut,
        confidence,
        maxLooks,
        retention,
        maxExactMatchDrop,
        maxLossRise,
        lossRule,
        own,
        canaries,
        intruders,
        times,
        reloadTolerance);
  }

  /**
   * The confidence of one look, such that over all looks a candidate that is no better passes no
   * more often than the confidence says: the level is spent as 1/2, 1/6, 1/12 and so on of it.
   */
  double confidence(int look) {
    return 1 - (1 - confidence) / ((double) look * (look + 1));
  }

  /** Mean loss in nats that a group of the adapter's own past may not exceed. */
  double ownLimit(GateInputs.OwnSkill skill) {
    double gained = Math.max(0, skill.base() - skill.best());
    return skill.best() + Math.max(maxLossRise, own.maxLossShare() * gained);
  }

  /** Nats that what was known of a source may rise by a round that learned from it. */
  double riseOf(GateInputs.Step step) {
    return Math.max(own.maxStepRise(), step.standardError());
  }

  /** How far the exact match of a suite may fall below that of the best version, 0 to 1. */
  double dropFromBest(GateInputs.Retention skill) {
    return Math.max(maxExactMatchDrop, skill.best().standardError());
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
