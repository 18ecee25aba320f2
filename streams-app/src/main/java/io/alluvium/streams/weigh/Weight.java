package io.alluvium.streams.weigh;

import io.alluvium.schemas.NoveltyClass;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.streams.novelty.candidate.Candidate;
import io.alluvium.streams.novelty.candidate.Novelty;
import io.alluvium.streams.policy.document.PolicyForm;
import io.alluvium.streams.stage.record.RuleContext;
import io.alluvium.streams.weigh.rule.Temperature;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The weight of one example and all that it was made with. Pure.
 *
 * @param policy the policy's weight, raised to the guard's power
 * @param weight what training multiplies the loss with
 * @param scale what the epoch holds for everybody
 */
public record Weight(double policy, double weight, Scale scale) {

  /**
   * What holds for all examples of an epoch.
   *
   * @param temperature frozen temperature
   * @param exponent the guard's power, 1 when nothing is wrong
   * @param mean mean policy weight of the epoch before; NaN before the first
   */
  record Scale(Temperature temperature, double exponent, double mean) {}

  /**
   * Policy, mean, class, importance, clamps: in this order. General examples that are mixed in
   * weigh their importance alone: how easy they are for the base says nothing about them.
   */
  public static Weight of(Candidate candidate, Scale scale, WeighConfig config) {
    double raw =
        candidate.isAnchor()
            ? 1
            : config.policy().weight(candidate.scored(), scale.temperature().nats());
    double policy = scale.exponent() == 1 ? raw : Math.pow(raw, scale.exponent());
    double even = config.meanOne() && !candidate.isAnchor() ? divided(policy, scale) : policy;
    double importance =
        Objects.requireNonNullElse(candidate.scored().getExample().getImportance(), 1.0);
    double weight = bounded(even, candidate.novelty(), config) * importance;
    double clamped = Math.min(Math.max(weight, config.minWeight()), config.maxWeight());
    return new Weight(policy, clamped, scale);
  }

  /** Before there is a mean, each example is its own. */
  private static double divided(double policy, Scale scale) {
    double mean = Double.isNaN(scale.mean()) ? policy : scale.mean();
    return mean == 0 ? 1 : policy / mean;
  }

  /**
   * The declared rule for the tension between FLOW and novelty: a new domain is hard for the base
   * and would weigh nothing, so what is novel has a floor; what is noise has a ceiling.
   */
  private static double bounded(double weight, @Nullable Novelty novelty, WeighConfig config) {
    NoveltyClass kind = novelty == null ? null : novelty.kind();
    if (kind == NoveltyClass.NOVEL) {
      return Math.max(weight, config.noveltyFloor());
    }
    return kind == NoveltyClass.OUTLIER ? Math.min(weight, config.outlierCeiling()) : weight;
  }

  /** The example as training reads it. */
  WeightedExample stamp(Candidate candidate, WeighConfig config, RuleContext context) {
    boolean uses = config.policy().usesTemperature() && !candidate.isAnchor();
    boolean divides = config.meanOne() && !Double.isNaN(scale.mean()) && !candidate.isAnchor();
    Novelty novelty = candidate.novelty();
    return new WeightedExample(
        candidate.scored(),
        weight,
        uses ? scale.temperature().nats() : null,
        uses ? scale.temperature().version() : null,
        novelty == null ? null : novelty.score(),
        novelty == null ? null : novelty.kind(),
        candidate.lane(),
        candidate.replayOf(),
        policyVersion(config, context.policy().name()),
        Instant.ofEpochMilli(context.nowMs()),
        novelty == null ? null : novelty.signals(),
        divides ? scale.mean() : null);
  }

  /** The formula, the guard's power where it is not 1, the policy where one is in force. */
  private String policyVersion(WeighConfig config, String policy) {
    String name = config.policy().version();
    String drawn = scale.exponent() == 1 ? name : name + "^" + scale.exponent();
    return policy.equals(PolicyForm.CONFIGURED) ? drawn : drawn + " " + policy;
  }
}
