package io.alluvium.trainer.gate.measure;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.Scores;
import io.alluvium.trainer.gate.measure.GateInputs.Retention;
import io.alluvium.trainer.gate.measure.GateInputs.SkillScore;
import io.alluvium.trainer.gate.measure.GateInputs.Suite;
import io.alluvium.trainer.model.text.TokenSequence;
import io.alluvium.trainer.program.device.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures models on held-out examples and retention suites. What does not change is measured once:
 * the base per evaluator, a champion per key. For the tensor thread.
 */
public final class Evaluator {
  /** Champions whose suite scores are kept; a score is three numbers per skill. */
  private static final int KEPT_CHAMPIONS = 1024;

  /** Token ids and places of supervised tokens whose losses are kept: 16 MB. */
  private static final int KEPT_NUMBERS = 4_000_000;

  /** What measures sequences, under an adapter or under the base alone. */
  @FunctionalInterface
  interface Model {
    Scores score(List<TokenSequence> sequences, @Nullable LoraWeights adapter);
  }

  private record Known(String key, TokenSequence tokens) {
    int numbers() {
      return tokens.length() + tokens.responseTokens();
    }
  }

  private final Model model;
  private final List<RetentionSuite> suites;
  private final List<Suite> names;
  private final List<SkillScore> baseScores;
  private final Cache<String, List<SkillScore>> championScores =
      Caffeine.newBuilder().maximumSize(KEPT_CHAMPIONS).build();
  private final Cache<Known, Double> championLosses =
      Caffeine.newBuilder()
          .maximumWeight(KEPT_NUMBERS)
          .weigher((Known known, Double loss) -> known.numbers())
          .build();

  /** Measures the base on every suite, once. */
  public Evaluator(Decoder decoder, List<RetentionSuite> suites) {
    this(decoder::score, decoder.dataType(), suites);
  }

  Evaluator(Model model, DataType type, List<RetentionSuite> suites) {
    this.model = model;
    this.suites = List.copyOf(suites);
    this.names = suites.stream().map(suite -> suite.name(type)).toList();
    this.baseScores = scores(null);
  }

  /** Losses and exact matches of sequences, in the given order. */
  public Scores scores(List<TokenSequence> sequences, @Nullable LoraWeights adapter) {
    return model.score(sequences, adapter);
  }

  /** Losses per example in nats per response token, in the given order. */
  public List<Double> losses(List<TrainingItem> items, @Nullable LoraWeights adapter) {
    List<TokenSequence> sequences = items.stream().map(TrainingItem::tokens).toList();
    return sequences.isEmpty() ? List.of() : listed(model.score(sequences, adapter).losses());
  }

  /**
   * The same under a model that comes again: what was measured of an example under this key is not
   * measured again. A loss depends on what stands beside it in a pass by less than 1e-5 of itself.
   *
   * @param key names the weights for good: the digest of the adapter's artifact, or the base's
   */
  public List<Double> losses(List<TrainingItem> items, @Nullable LoraWeights adapter, String key) {
    Map<TokenSequence, Double> known = new HashMap<>();
    for (TrainingItem item : items) {
      Double loss = championLosses.getIfPresent(new Known(key, item.tokens()));
      if (loss != null) {
        known.put(item.tokens(), loss);
      }
    }
    List<TrainingItem> missing =
        items.stream().filter(item -> !known.containsKey(item.tokens())).toList();
    List<Double> measured = losses(missing, adapter);
    for (int place = 0; place < missing.size(); place++) {
      known.put(missing.get(place).tokens(), measured.get(place));
      championLosses.put(new Known(key, missing.get(place).tokens()), measured.get(place));
    }
    return items.stream().map(item -> Objects.requireNonNull(known.get(item.tokens()))).toList();
  }

  /** Every suite under base, champion and candidate. */
  public List<Retention> retention(@Nullable LoraWeights champion, LoraWeights candidate) {
    return retention(champion == null ? baseScores : scores(champion), scores(candidate));
  }

  /**
   * The same, where the champion is measured once for all rounds against it.
   *
   * @param key names the champion for good: the digest of its artifact
   */
  public List<Retention> retention(
      @Nullable LoraWeights champion, String key, LoraWeights candidate) {
    List<SkillScore> before =
        champion == null ? baseScores : championScores.get(key, any -> scores(champion));
    return retention(before, scores(candidate));
  }

  /**
   * Keeps what was measured of a candidate that was released: it is the next rounds' champion.
   *
   * @param key names it for good, as a champion
   */
  public void released(String key, List<Retention> retention) {
    championScores.put(key, retention.stream().map(Retention::candidate).toList());
  }

  private List<Retention> retention(List<SkillScore> before, List<SkillScore> after) {
    List<Retention> retention = new ArrayList<>();
    for (int suite = 0; suite < suites.size(); suite++) {
      retention.add(
          new Retention(
              names.get(suite),
              baseScores.get(suite),
              before.get(suite),
              /* best= */ before.get(suite),
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
    Scores scores = model.score(suite.items(), adapter);
    return new SkillScore(scores.exactMatchShare(), scores.meanLoss(), scores.size());
  }
}
