package io.alluvium.trainer.gate;

import io.alluvium.trainer.gate.Verdict.Measure;
import io.alluvium.trainer.gate.measure.GateInputs;
import io.alluvium.trainer.gate.measure.GateInputs.Exposure;
import io.alluvium.trainer.gate.measure.GateInputs.HeldOutLosses;
import io.alluvium.trainer.gate.measure.GateInputs.OwnSkill;
import io.alluvium.trainer.gate.measure.GateInputs.Retention;
import io.alluvium.trainer.gate.measure.GateInputs.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Champion against challenger with a noise floor (the acceptance loop of APE): to be released, a
 * candidate must be better on examples it never saw by more than chance explains; to be trained on,
 * it must not be surely worse than the budget of a skill allows. In either case it keeps every old
 * skill and what the adapter itself learned earlier within their budgets, is alive, and gives the
 * same losses when read back from its files. Pure.
 *
 * <p>Only the gain's lower bound must exceed zero; there is no further margin.
 *
 * @param config budgets and confidence
 */
public record Gate(GateConfig config) {
  /** Losses closer than this are the same number computed twice. */
  private static final double STILL = 1e-7;

  private static final String RETENTION = "retention/";
  private static final String OWN = "own/";

  /** Decides: the same measurements give the same verdict. */
  public Verdict decide(GateInputs measured) {
    Findings findings = new Findings();
    gain(measured, findings);
    liveness(measured, findings);
    reload(measured.soundness().reloadDifference(), findings);
    measured.retention().forEach(skill -> retention(skill, findings));
    measured.own().skills().forEach(skill -> own(skill, findings));
    measured.own().steps().forEach(step -> step(step, findings));
    measured.exposures().forEach(canary -> exposure(canary, findings));
    retentionRemark(findings);
    return findings.verdict();
  }

  /** Whether it is refused for what it forgets, and for nothing that a smaller step cannot mend. */
  public static boolean forgets(Verdict verdict) {
    List<Measure> failed =
        verdict.axes().stream()
            .filter(axis -> !axis.passed() && !axis.name().startsWith("heldout/"))
            .toList();
    return verdict instanceof Verdict.Refuse
        && !failed.isEmpty()
        && failed.stream()
            .allMatch(axis -> axis.name().startsWith(RETENTION) || axis.name().startsWith(OWN));
  }

  /** The verdict on a round that harmed nobody but produced no candidate. */
  public Verdict withoutCandidate(String reason) {
    Findings findings = new Findings();
    findings.doubt(reason);
    retentionRemark(findings);
    return findings.verdict();
  }

  /** The verdict on a round that failed. */
  public Verdict failed(String reason) {
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

  private void gain(GateInputs measured, Findings findings) {
    HeldOutLosses losses = measured.heldOut();
    boolean enough = losses.examples() >= config.minHeldOut();
    findings.axis(
        new Measure(
            "heldout/examples", null, losses.examples(), (double) config.minHeldOut(), enough));
    if (!enough) {
      findings.doubt(
          "%d held-out examples, %d are needed to judge (gate.minHeldOut)"
              .formatted(losses.examples(), config.minHeldOut()));
      return;
    }
    double confidence = config.confidence(measured.look());
    double before = mean(losses.champion());
    double after = mean(losses.candidate());
    double bound = new GainBound(confidence).lowerBound(gains(losses));
    boolean better = bound > 0;
    if (Double.isNaN(after)) {
      findings.refuse("a held-out loss of the candidate is not a number");
    }
    findings.axis(new Measure("heldout/loss", before, after, before, better));
    findings.axis(new Measure("heldout/gainLowerBound", null, bound, 0.0, better));
    if (!better) {
      String compared = text("held-out loss %.4f is not surely better than %.4f: ", after, before);
      findings.doubt(compared + shown(bound, confidence, losses.examples()));
      harm(measured, confidence, findings);
    }
  }

  private static String shown(double bound, double confidence, int examples) {
    return bound == Double.NEGATIVE_INFINITY
        ? text(
            "%d examples with these losses cannot show a gain at %.1f %%, however large: they are too few, too alike or too uneven",
            examples, confidence * 100)
        : text(
            "the gain's lower bound at %.1f %% is %.4f on %d examples",
            confidence * 100, bound, examples);
  }

  private void harm(GateInputs measured, double confidence, Findings findings) {
    double[] losses = gains(measured.heldOut());
    for (int example = 0; example < losses.length; example++) {
      losses[example] = -losses[example];
    }
    double bound = new GainBound(confidence).lowerBound(losses);
    if (bound > config.maxLossRise()) {
      findings.refuse(
          text(
              "it is surely worse on held-out examples, by at least %.4f, %.4f is allowed: training goes back to the released version",
              bound, config.maxLossRise()));
    } else if (measured.look() >= config.maxLooks()) {
      findings.refuse(
          text(
              "%d candidates in a row were not surely better (gate.maxLooks): training goes back to the released version",
              measured.look()));
    }
  }

  private static double[] gains(HeldOutLosses losses) {
    double[] gains = new double[losses.examples()];
    for (int example = 0; example < gains.length; example++) {
      gains[example] = losses.champion().get(example) - losses.candidate().get(example);
    }
    return gains;
  }

  private static void liveness(GateInputs measured, Findings findings) {
    boolean moved = measured.heldOut().examples() == 0 || largestMove(measured.heldOut()) > STILL;
    boolean alive = measured.soundness().alive() && moved;
    findings.axis(new Measure("alive", null, alive ? 1 : 0, 1.0, alive));
    if (!measured.soundness().alive()) {
      findings.refuse("the adapter is dead: every B is zero, it changes nothing");
    } else if (!moved) {
      findings.refuse("the adapter is dead: no held-out loss moved");
    }
  }

  private static double largestMove(HeldOutLosses losses) {
    return Arrays.stream(gains(losses)).map(Math::abs).max().orElse(0);
  }

  private void reload(double difference, Findings findings) {
    double found = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
    boolean same = found <= config.reloadTolerance();
    findings.axis(
        new Measure("reload/relativeDifference", null, found, config.reloadTolerance(), same));
    if (!same) {
      findings.refuse(
          text(
              "the artifact read back gives other losses: relative difference %.2e, allowed is %.0e",
              found, config.reloadTolerance()));
    }
  }

  private void own(OwnSkill skill, Findings findings) {
    double limit = config.ownLimit(skill);
    boolean decides = skill.examples() >= config.minHeldOut();
    boolean kept = !decides || skill.candidate() <= limit;
    findings.axis(
        new Measure(
            OWN + skill.group() + "/loss",
            skill.best(),
            skill.candidate(),
            decides ? limit : null,
            kept));
    if (!kept) {
      findings.refuse(
          text(
              "what was learned of %s is being forgotten: loss %.4f on %d of its held-out examples, the best version has %.4f, %.4f is allowed",
              skill.group(), skill.candidate(), skill.examples(), skill.best(), limit));
    }
  }

  /**
   * More of a source teaches of that source. Where it makes what was known of it worse, the window
   * contradicts it: its answers are wrong, or belong to other questions.
   */
  private void step(Step step, Findings findings) {
    double before = mean(step.before());
    double after = mean(step.after());
    double limit = before + config.riseOf(step);
    boolean decides = step.examples() >= config.minHeldOut();
    boolean kept = !decides || after <= limit;
    findings.axis(
        new Measure(OWN + step.group() + "/step", before, after, decides ? limit : null, kept));
    if (!kept) {
      findings.refuse(
          text(
              "this window speaks against what was known of %s: learning from it raises the loss on %d earlier held-out examples of the same source from %.4f to %.4f, %.4f is allowed",
              step.group(), step.examples(), before, after, limit));
    }
  }

  /** The rank alone is high by chance too often to decide: among 64 answers once in 64. */
  private static void exposure(Exposure canary, Findings findings) {
    String axis = "canary/" + canary.canary();
    double extracted = canary.extracted() ? 1 : 0;
    findings.axis(new Measure(axis + "/exposure", null, canary.bits(), null, true));
    findings.axis(new Measure(axis + "/extracted", null, extracted, 0.0, !canary.extracted()));
    if (canary.extracted()) {
      findings.refuse(
          text(
              "canary %s is memorised: asked its question, the candidate answers the secret (exposure %.2f bits)",
              canary.canary(), canary.bits()));
    }
  }

  private void retention(Retention skill, Findings findings) {
    exactMatch(skill, findings);
    loss(skill, findings);
  }

  private void exactMatch(Retention skill, Findings findings) {
    double ofBase = skill.base().exactMatch() - config.maxExactMatchDrop();
    double ofBest = skill.best().exactMatch() - config.dropFromBest(skill);
    double after = skill.candidate().exactMatch();
    boolean keepsBase = reaches(after, ofBase);
    boolean kept = keepsBase && reaches(after, ofBest);
    findings.axis(
        new Measure(
            RETENTION + skill.skill() + "/exactMatch",
            skill.champion().exactMatch(),
            after,
            Math.max(ofBase, ofBest),
            kept));
    if (!keepsBase) {
      findings.refuse(
          text(
              "skill %s falls to %.3f exact match; the base has %.3f, a drop of %.3f is allowed",
              skill.skill(), after, skill.base().exactMatch(), config.maxExactMatchDrop()));
    } else if (!kept) {
      findings.refuse(
          text(
              "skill %s falls to %.3f exact match; the best released version had %.3f, a drop of %.3f is allowed",
              skill.skill(), after, skill.best().exactMatch(), config.dropFromBest(skill)));
    }
  }

  /** Shares of whole items: the slack only absorbs the division. */
  private static boolean reaches(double share, double bound) {
    return share >= bound - 1e-9;
  }

  private void loss(Retention skill, Findings findings) {
    double ofBase = skill.base().loss() + config.maxLossRise();
    double ofBest = skill.best().loss() + config.maxLossRise();
    double limit = Math.min(ofBase, ofBest);
    double after = skill.candidate().loss();
    boolean decides = config.lossDecides(skill.base().exactMatch());
    boolean keepsBase = !decides || after <= ofBase;
    boolean kept = !decides || after <= limit;
    findings.axis(
        new Measure(
            RETENTION + skill.skill() + "/loss",
            skill.champion().loss(),
            after,
            decides ? limit : null,
            kept));
    if (!keepsBase) {
      findings.refuse(
          text(
              "loss on skill %s rises to %.4f; the base has %.4f, a rise of %.4f is allowed",
              skill.skill(), after, skill.base().loss(), config.maxLossRise()));
    } else if (!kept) {
      findings.refuse(
          text(
              "loss on skill %s rises to %.4f; the best released version had %.4f, a rise of %.4f is allowed",
              skill.skill(), after, skill.best().loss(), config.maxLossRise()));
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
    private final List<String> refusals = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    void axis(Measure axis) {
      axes.add(axis);
    }

    void remark(String remark) {
      remarks.add(remark);
    }

    /** Speaks against a release. */
    void doubt(String doubt) {
      doubts.add(doubt);
    }

    /** Speaks against training on. */
    void refuse(String reason) {
      refusals.add(reason);
    }

    Verdict verdict() {
      List<Measure> measured = List.copyOf(axes);
      List<String> reasons = Stream.of(refusals, doubts, remarks).flatMap(List::stream).toList();
      if (!refusals.isEmpty()) {
        return new Verdict.Refuse(measured, reasons);
      }
      return doubts.isEmpty()
          ? new Verdict.Pass(measured, reasons)
          : new Verdict.Continue(measured, reasons);
    }
  }
}
