package io.alluvium.trainer.round.outcome;

import io.alluvium.schemas.Artifact;
import io.alluvium.schemas.Outcome;
import io.alluvium.trainer.claim.recall.Entry;
import io.alluvium.trainer.gate.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a round ended, before it is committed.
 *
 * @param plan what was to be done
 * @param origin where training started
 * @param folders what is stored
 * @param verdict what the gate decided
 * @param examples the window's readable records
 * @param shares how they were divided
 * @param training what training measured
 * @param stageTimes time per stage
 */
public record RoundOutcome(
    RoundPlan plan,
    Origin origin,
    Folders folders,
    Verdict verdict,
    List<Entry> examples,
    Shares shares,
    Training training,
    Map<String, Duration> stageTimes) {

  /**
   * Where a candidate comes from.
   *
   * @param parentVersion the released version that its line of training started from; null when
   *     that started fresh
   * @param headVersion the version whose head training went on from; null when there was none
   */
  public record Origin(@Nullable Long parentVersion, @Nullable Long headVersion) {
    public static final Origin FRESH = new Origin(null, null);
  }

  /**
   * Stored folders.
   *
   * @param released what may be served; null unless the verdict is a pass
   * @param head what training goes on from; null where that is the released version
   */
  public record Folders(@Nullable Artifact released, @Nullable Artifact head) {
    public static final Folders NONE = new Folders(null, null);

    /** Those that there are. */
    public List<Artifact> named() {
      return Stream.of(Optional.ofNullable(released), Optional.ofNullable(head))
          .flatMap(Optional::stream)
          .toList();
    }
  }

  /** Whether the candidate is released. */
  public boolean released() {
    return verdict instanceof Verdict.Pass;
  }

  /** As events name it. */
  public Outcome outcome() {
    if (verdict instanceof Verdict.Pass) {
      return Outcome.RELEASED;
    }
    return verdict instanceof Verdict.Continue ? Outcome.CONTINUED : Outcome.REJECTED;
  }

  /** When the round's examples came into being, oldest first. */
  public List<Instant> eventTimes() {
    return Summaries.eventTimes(examples);
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
      List<Entry> training,
      List<Entry> heldOut,
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
