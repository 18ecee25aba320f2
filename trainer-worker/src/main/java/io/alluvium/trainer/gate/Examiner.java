package io.alluvium.trainer.gate;

import io.alluvium.trainer.base.Decoder;
import io.alluvium.trainer.base.Scores;
import io.alluvium.trainer.base.lora.LoraWeights;
import io.alluvium.trainer.base.text.TokenSequence;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.gate.Measured.Retention;
import io.alluvium.trainer.gate.Measured.SkillScore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Measures models on held-out examples and retention suites. For the tensor thread. */
public final class Examiner {
  private final Decoder decoder;
  private final List<RetentionSuite> suites;
  private final List<SkillScore> baseScores;

  /** Measures the base on every suite, once. */
  public Examiner(Decoder decoder, List<RetentionSuite> suites) {
    this.decoder = decoder;
    this.suites = List.copyOf(suites);
    this.baseScores = scores(null);
  }

  /** Losses per example in nats per response token, in the given order. */
  public List<Double> losses(List<TrainingItem> items, @Nullable LoraWeights adapter) {
    List<TokenSequence> sequences = items.stream().map(TrainingItem::tokens).toList();
    return sequences.isEmpty() ? List.of() : listed(decoder.score(sequences, adapter).losses());
  }

  /** Every suite under base, champion and candidate. */
  public List<Retention> retention(@Nullable LoraWeights champion, LoraWeights candidate) {
    List<SkillScore> before = champion == null ? baseScores : scores(champion);
    List<SkillScore> after = scores(candidate);
    List<Retention> retention = new ArrayList<>();
    for (int suite = 0; suite < suites.size(); suite++) {
      retention.add(
          new Retention(
              suites.get(suite).skill(),
              baseScores.get(suite),
              before.get(suite),
              after.get(suite)));
    }
    return retention;
  }

  private static List<Double> listed(float[] losses) {
    return IntStream.range(0, losses.length).mapToObj(index -> (double) losses[index]).toList();
  }

  private List<SkillScore> scores(@Nullable LoraWeights adapter) {
    return suites.stream().map(suite -> score(suite, adapter)).toList();
  }

  private SkillScore score(RetentionSuite suite, @Nullable LoraWeights adapter) {
    Scores scores = decoder.score(suite.items(), adapter);
    return new SkillScore(scores.exactMatchShare(), scores.meanLoss(), scores.size());
  }
}
