package io.alluvium.trainer.round;

import io.alluvium.schemas.Artifact;
import io.alluvium.trainer.gate.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one adapter's round ended, before it is committed.
 *
 * @param round what was to be done
 * @param parentVersion the version that training started from; null when it started fresh
 * @param artifact the stored folder; null unless the verdict is a pass
 * @param verdict what the gate decided
 * @param shares how the examples were divided
 * @param training what training measured
 * @param stageTimes time per stage
 */
public record RoundOutcome(
    WindowPlan.Round round,
    @Nullable Long parentVersion,
    @Nullable Artifact artifact,
    Verdict verdict,
    Shares shares,
    Training training,
    Map<String, Duration> stageTimes) {

  /** Whether the candidate is released. */
  public boolean released() {
    return verdict instanceof Verdict.Pass;
  }

  /** When the round's examples came into being, oldest first. */
  public List<Instant> eventTimes() {
    return Summaries.eventTimes(round.examples());
  }

  /**
   * How the examples of a round were divided; each record of the round is in exactly one part.
   *
   * @param training examples trained on
   * @param heldOut examples that only the gate saw
   * @param refused records that could not be used, those that training diverged on included
   * @param trainingTokens tokens of the training part
   */
  public record Shares(
      List<WindowPlan.Entry> training,
      List<WindowPlan.Entry> heldOut,
      List<RefusedRecord> refused,
      long trainingTokens) {}

  /**
   * What training measured.
   *
   * @param steps optimiser steps of this round
   * @param optimizerSteps optimiser steps of the lineage, this round included
   * @param meanLoss mean nats per response token over the round; NaN when no step ran
   * @param meanKl mean KL(base || adapter) on anchors, nats per position; NaN when no step ran
   * @param tokens tokens through the model, anchors included
   * @param stopped why the round ended early; null otherwise
   */
  public record Training(
      long steps,
      long optimizerSteps,
      double meanLoss,
      double meanKl,
      long tokens,
      @Nullable String stopped) {

    /** No step ran. */
    public static Training none(String why) {
      return new Training(0, 0, Double.NaN, Double.NaN, 0, why);
    }
  }
}
