package io.alluvium.trainer.gate;

import io.alluvium.trainer.gate.Measured.HeldOutLosses;
import io.alluvium.trainer.gate.Measured.Retention;
import io.alluvium.trainer.gate.Verdict.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Champion against challenger with a noise floor (the acceptance loop of APE): the candidate must
 * be better on examples it never saw by more than chance explains, keep every old skill within its
 * budget, be alive, and give the same losses when read back from its files. Pure.
 *
 * <p>Only the gain's lower bound must exceed zero; there is no further margin. With the some 25
 * held-out examples of a default window, pairing removes the spread between examples, so that a
 * gain of a few percent passes, while a second threshold would hold back every late window.
 *
 * @param config budgets and confidence
 */
public record Gate(GateConfig config) {
  /** Losses closer than this are the same number computed twice. */
  private static final double STILL = 1e-7;

  /**
   * Decides.
   *
   * @param seed for the bootstrap; the same measurements and seed give the same verdict
   */
  public Verdict decide(Measured measured, long seed) {
    Findings findings = new Findings();
    gain(measured.heldOut(), findings);
    liveness(measured, findings);
    reload(measured.heldOut(), findings);
    measured.retention().forEach(skill -> retention(skill, findings));
    retentionRemark(findings);
    return findings.verdict();
  }

  /** The verdict on a round that produced no candidate. */
  public Verdict withoutCandidate(String reason) {
    Findings findings = new Findings();
    findings.refuse(reason);
    retentionRemark(findings);
    return findings.verdict();
  }

  private void retentionRemark(Findings findings) {
    if (config.retention().isEmpty()) {
      findings.remark("no retention suite is configured: forgetting is not measured");
    }
  }

  private void gain(HeldOutLosses losses, Findings findings) {
    if (losses.examples() == 0) {
      findings.refuse("no held-out example in the window: a gain cannot be shown");
      return;
    }
    if (losses.examples() < config.minHeldOut()) {
      findings.remark(
          "only %d held-out examples (minHeldOut is %d): the gain rests on few"
              .formatted(losses.examples(), config.minHeldOut()));
    }
    double before = mean(losses.champion());
    double after = mean(losses.candidate());
    double bound = gainBound(losses);
    boolean better = bound > 0;
    findings.axis(new Measure("heldout/loss", before, after, before, better));
    findings.axis(new Measure("heldout/gainLowerBound", null, bound, 0.0, better));
    if (!better) {
      findings.refuse(
          text(
              "held-out loss %.4f is not surely better than %.4f: the gain's lower bound at %.0f %% is %.4f on %d examples",
              after, before, config.confidence() * 100, bound, losses.examples()));
    }
  }

  private double gainBound(HeldOutLosses losses) {
    double[] gains = new double[losses.examples()];
    for (int example = 0; example < gains.length; example++) {
      gains[example] = losses.champion().get(example) - losses.candidate().get(example);
    }
    return new GainBound(config.confidence()).lowerBound(gains);
  }

  private static void liveness(Measured measured, Findings findings) {
    boolean moved = measured.heldOut().examples() == 0 || largestMove(measured.heldOut()) > STILL;
    boolean alive = measured.alive() && moved;
    findings.axis(new Measure("alive", null, alive ? 1 : 0, 1.0, alive));
    if (!measured.alive()) {
      findings.refuse("the adapter is dead: every B is zero, it changes nothing");
    } else if (!moved) {
      findings.refuse("the adapter is dead: no held-out loss moved");
    }
  }

  private static double largestMove(HeldOutLosses losses) {
    double largest = 0;
    for (int example = 0; example < losses.examples(); example++) {
      largest =
          Math.max(
              largest, Math.abs(losses.candidate().get(example) - losses.champion().get(example)));
    }
    return largest;
  }

  private void reload(HeldOutLosses losses, Findings findings) {
    if (losses.examples() == 0) {
      return;
    }
    double difference = largestReloadDifference(losses);
    boolean same = difference <= config.reloadTolerance();
    findings.axis(
        new Measure("reload/relativeDifference", null, difference, config.reloadTolerance(), same));
    if (!same) {
      findings.refuse(
          text(
              "the artifact read back gives other losses: relative difference %.2e, allowed is %.0e",
              difference, config.reloadTolerance()));
    }
  }

  private static double largestReloadDifference(HeldOutLosses losses) {
    double largest = 0;
    for (int example = 0; example < losses.examples(); example++) {
      double trained = losses.candidate().get(example);
      double difference =
          Math.abs(losses.reloaded().get(example) - trained) / Math.max(1e-6, Math.abs(trained));
      // A NaN would slip through Math.max unseen by a comparison; it counts as as different as can
      // be.
      largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
    }
    return largest;
  }

  private void retention(Retention skill, Findings findings) {
    exactMatch(skill, findings);
    loss(skill, findings);
  }

  private void exactMatch(Retention skill, Findings findings) {
    double bound = skill.base().exactMatch() - config.maxExactMatchDrop();
    double after = skill.candidate().exactMatch();
    // Shares of whole items: the slack only absorbs the division.
    boolean kept = after >= bound - 1e-9;
    findings.axis(
        new Measure(
            "retention/" + skill.skill() + "/exactMatch",
            skill.champion().exactMatch(),
            after,
            bound,
            kept));
    if (!kept) {
      findings.refuse(
          text(
              "skill %s falls to %.3f exact match; the base has %.3f, a drop of %.3f is allowed",
              skill.skill(), after, skill.base().exactMatch(), config.maxExactMatchDrop()));
    }
  }

  private void loss(Retention skill, Findings findings) {
    double limit = skill.base().loss() + config.maxLossRise();
    double after = skill.candidate().loss();
    boolean decides = config.lossDecides(skill.base().exactMatch());
    boolean kept = !decides || after <= limit;
    findings.axis(
        new Measure(
            "retention/" + skill.skill() + "/loss",
            skill.champion().loss(),
            after,
            decides ? limit : null,
            kept));
    if (!kept) {
      findings.refuse(
          text(
              "loss on skill %s rises to %.4f; the base has %.4f, a rise of %.4f is allowed",
              skill.skill(), after, skill.base().loss(), config.maxLossRise()));
    }
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  private static String text(String format, @Nullable Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** Collects while the axes are looked at one after the other. */
  private static final class Findings {
    private final List<Measure> axes = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private boolean refused;

    void axis(Measure axis) {
      axes.add(axis);
    }

    void remark(String remark) {
      reasons.add(remark);
    }

    void refuse(String reason) {
      reasons.add(reason);
      refused = true;
    }

    Verdict verdict() {
      return refused
          ? new Verdict.Refuse(List.copyOf(axes), List.copyOf(reasons))
          : new Verdict.Pass(List.copyOf(axes), List.copyOf(reasons));
    }
  }
}
