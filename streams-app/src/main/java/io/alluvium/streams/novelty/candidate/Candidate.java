package io.alluvium.streams.novelty.candidate;

import io.alluvium.schemas.DriftEvent;
import io.alluvium.schemas.NoveltySignals;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A scored example on its way to a weight, with what the rooms so far decided of it.
 *
 * @param scored the example
 * @param novelty how new it is; null when it was not measured
 * @param lane where it goes; null for the default lane
 * @param replayOf where it first stood; null when it is fresh
 */
public record Candidate(
    ScoredExample scored,
    @Nullable Novelty novelty,
    @Nullable String lane,
    @Nullable RecordOrigin replayOf) {
  /** Label of general examples that are mixed in; set by this application, or by a producer. */
  public static final String ANCHOR_LABEL = "alluvium.anchor";

  private static final int DIGEST_CHARACTERS = 16;

  /** A fresh one on the default lane. */
  public static Candidate fresh(ScoredExample scored, @Nullable Novelty novelty) {
    return new Candidate(scored, novelty, null, null);
  }

  /** The example, marked as a general one. */
  public static TrainingExample anchor(TrainingExample example) {
    Map<String, String> labels = new HashMap<>(example.getLabels());
    labels.put(ANCHOR_LABEL, "true");
    return TrainingExample.newBuilder(example).setLabels(labels).build();
  }

  /** The adapter, the key of everything. */
  public String adapter() {
    return scored.getExample().getAdapter();
  }

  /** Base and adapter: what losses and embeddings are comparable within. */
  public String track() {
    String digest = scored.getBaseDigest();
    return digest.substring(0, Math.min(DIGEST_CHARACTERS, digest.length())) + "/" + adapter();
  }

  /** Whether it is a general example, to be mixed in as a share. */
  public boolean isAnchor() {
    return scored.getExample().getLabels().containsKey(ANCHOR_LABEL);
  }

  /** Whether its loss can be used: finite and at least 0. */
  public boolean hasUsableLoss() {
    double loss = scored.getBaseLoss();
    return loss >= 0 && Double.isFinite(loss);
  }

  /** The event of the drift that was found at this example, if one was. */
  public Optional<DriftEvent> drift() {
    String signal = novelty == null ? null : novelty.signals().getDrift();
    return signal == null
        ? Optional.empty()
        : Optional.of(
            new DriftEvent(
                adapter(),
                signal,
                scored.getExample().getId(),
                scored.getOrigin(),
                Objects.requireNonNull(novelty).score(),
                scored.getScoredAt()));
  }

  /** What waits for a weight, as it is written down in between. */
  public WeightedExample draft() {
    return new WeightedExample(
        scored,
        0.0,
        null,
        null,
        novelty == null ? null : novelty.score(),
        novelty == null ? null : novelty.kind(),
        lane,
        replayOf,
        "",
        scored.getScoredAt(),
        novelty == null ? null : novelty.signals(),
        null);
  }

  /** The inverse of {@link #draft}. */
  public static Candidate of(WeightedExample draft) {
    NoveltySignals signals = draft.getNovelty();
    return new Candidate(
        draft.getScored(),
        signals == null
            ? null
            : new Novelty(signals, draft.getNoveltyScore(), draft.getNoveltyClass()),
        draft.getLane(),
        draft.getReplayOf());
  }

  /** The same on another lane. */
  public Candidate on(String other) {
    return new Candidate(scored, novelty, other, replayOf);
  }
}
