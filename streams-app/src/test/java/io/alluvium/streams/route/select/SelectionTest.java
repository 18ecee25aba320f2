package io.alluvium.streams.route.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alluvium.schemas.NoveltyClass;
import io.alluvium.schemas.NoveltySignals;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.novelty.candidate.Candidate;
import io.alluvium.streams.novelty.candidate.Novelty;
import io.alluvium.streams.route.RouteConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static final RouteConfig CONFIG =
      new RouteConfig(
          List.of(),
          List.of(),
          false,
          1,
          Duration.ofDays(1),
          Selection.DSIR,
          List.of("pump valve pressure leak", "pump seal worn"),
          256,
          0.25,
          0,
          1);

  private final TargetText target = new TargetText(CONFIG.target());

  @Test
  void randomKeepsEveryOneEquallyOften() {
    int runs = 20_000;
    long[] best = new long[10];
    for (int seed = 0; seed < runs; seed++) {
      best[best(Selection.RANDOM, IntStream.range(0, 10).mapToObj(i -> plain(i)).toList(), seed)]++;
    }
    assertThat(java.util.Arrays.stream(best).boxed())
        .allSatisfy(count -> assertThat(count).isCloseTo(runs / 10, within(200L)));
  }

  /** Gumbel: the largest of score + noise is i with the chance exp(score i) / sum. */
  @Test
  void dsirKeepsInProportionToTheRatioOfProbabilities() {
    List<Candidate> two = List.of(words(0, "pump pressure", 6.0), words(1, "pump pressure", 5.95));
    double ratio =
        Math.exp(
            Selection.DSIR.score(two.get(0), target) - Selection.DSIR.score(two.get(1), target));
    assertThat(ratio).isCloseTo(Math.exp(16 * 0.05), within(1e-6));
    int runs = 20_000;
    long first = IntStream.range(0, runs).filter(s -> best(Selection.DSIR, two, s) == 0).count();
    assertThat(first / (double) runs).isCloseTo(ratio / (1 + ratio), within(0.015));
  }

  @Test
  void dsirPrefersTheWordsOfTheTarget() {
    List<Candidate> two = List.of(words(0, "leak at the valve", 6), words(1, "song and dance", 6));
    assertThat(IntStream.range(0, 100).filter(s -> best(Selection.DSIR, two, s) == 0).count())
        .isGreaterThan(95);
  }

  @Test
  void learnableRanksTheLearnedBeforeTheKnownAndTheNoise() {
    List<Candidate> three = List.of(losses(0, 4, 4.1), losses(1, 4, 1), losses(2, 0.2, 0.19));
    assertThat(best(Selection.LEARNABLE, three, 3)).isEqualTo(1);
    double noise = Selection.LEARNABLE.score(three.get(0), target);
    assertThat(Selection.LEARNABLE.score(three.get(2), target)).isGreaterThan(noise);
  }

  @Test
  void noveltyTakesTheNewestAndLongestTheLongest() {
    assertThat(best(Selection.NOVELTY, List.of(novel(0, 0.4), novel(1, 0.9)), 1)).isEqualTo(1);
    List<Candidate> lengths = List.of(tokens(0, 7), tokens(1, 90), tokens(2, 12));
    assertThat(best(Selection.LONGEST, lengths, 1)).isEqualTo(1);
  }

  @Test
  void theSameSeedGivesTheSameKeys() {
    assertThat(Selection.RANDOM.key(plain(3), target, 5))
        .isEqualTo(Selection.RANDOM.key(plain(3), target, 5))
        .isNotEqualTo(Selection.RANDOM.key(plain(3), target, 6));
  }

  private int best(Selection selection, List<Candidate> candidates, long seed) {
    return IntStream.range(0, candidates.size())
        .boxed()
        .max(Comparator.comparingDouble(i -> selection.key(candidates.get(i), target, seed)))
        .orElseThrow();
  }

  private static Candidate plain(int id) {
    return Candidate.fresh(scored(id, "text").build(), null);
  }

  private static Candidate words(int id, String text, double surprise) {
    NoveltySignals signals = new NoveltySignals(surprise, null, null, null, null, null, null, null);
    return Candidate.fresh(scored(id, text).build(), new Novelty(signals, null, null));
  }

  private static Candidate novel(int id, double score) {
    NoveltySignals signals = new NoveltySignals(1.0, 0.5, null, null, null, null, null, null);
    return Candidate.fresh(
        scored(id, "text").build(), new Novelty(signals, score, NoveltyClass.FAMILIAR));
  }

  private static Candidate losses(int id, double base, double adapter) {
    return Candidate.fresh(
        scored(id, "text").setBaseLoss(base).setAdapterLoss(adapter).build(), null);
  }

  private static Candidate tokens(int id, int tokens) {
    return Candidate.fresh(scored(id, "text").setResponseTokens(tokens).build(), null);
  }

  private static ScoredExample.Builder scored(int id, String text) {
    return ScoredExample.newBuilder()
        .setExample(
            TrainingExample.newBuilder()
                .setId("e" + id)
                .setAdapter("a")
                .setPrompt(text)
                .setCompletion("")
                .setEventTime(Instant.EPOCH)
                .build())
        .setOrigin(new RecordOrigin("examples.accepted", 0, 0L))
        .setBaseDigest("b")
        .setPromptTokens(1)
        .setResponseTokens(1)
        .setBaseLoss(1)
        .setScorerVersion("test")
        .setScoredAt(Instant.EPOCH);
  }
}
