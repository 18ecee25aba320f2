package io.alluvium.streams.novelty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alluvium.schemas.NoveltyClass;
import io.alluvium.schemas.NoveltySignals;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassRuleTest {
  private static final NoveltyConfig CONFIG =
      new NoveltyConfig(4096, 0.05, 0.1, 4, 0.1, 3, 0.5, 18);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # words | place | loss | base | adapter | company | excess | class
          0.5     | 0.5   | 0.5  | 2    | 1       | 0       |        | FAMILIAR
          0.02    | 0.5   | 0.5  | 2    | 1       | 0       |        | NOVEL
          0.5     | 0.02  | 0.5  | 2    | 1       | 0       |        | NOVEL
          0.03    | 0.5   | 0.5  | 2    | 1       | 0       |        | FAMILIAR
          0.5     | 0.5   | 0.05 | 2    | 2       | 0       |        | OUTLIER
          0.5     | 0.5   | 0.05 | 2    | 1       | 0       |        | FAMILIAR
          0.5     | 0.5   | 0.05 | 2    |         | 0       |        | FAMILIAR
          0.5     | 0.5   | 0.05 | 2    | 2       | 5       |        | OUTLIER
          0.01    | 0.5   | 0.05 | 2    | 2       | 2       |        | OUTLIER
          0.01    | 0.5   | 0.05 | 2    | 2       | 3       |        | NOVEL
          0.01    | 0.5   | 0.05 | 2    | 1       | 0       |        | NOVEL
          0.05    |       | 0.5  | 2    | 1       | 0       |        | NOVEL
          0.5     | 0.5   | 0.5  | 2    | 1       | 0       | 4      | OUTLIER
          0.5     | 0.5   | 0.5  | 2    |         | 0       | 4      | OUTLIER
          0.5     | 0.5   | 0.05 | 2    | 2       | 0       | 3.9    | FAMILIAR
          0.01    | 0.5   | 0.5  | 2    | 2       | 0       | 9      | NOVEL
          """)
  void theRuleAsATable(
      Double words,
      @Nullable Double place,
      Double loss,
      double base,
      @Nullable Double adapter,
      int company,
      @Nullable Double excess,
      NoveltyClass expected) {
    NoveltySignals signals = new NoveltySignals(1.0, words, place, place, null, null, loss, null);
    NoveltyState.Found found =
        new NoveltyState.Found(signals, company, excess == null ? Double.NaN : excess);
    assertThat(ClassRule.of(scored(base, adapter), found, CONFIG)).isEqualTo(expected);
  }

  @Test
  void beforeWordsCanBeComparedThereIsNoClassAndNoScore() {
    NoveltySignals early = new NoveltySignals(1.0, null, null, null, null, null, null, null);
    NoveltyState.Found found = new NoveltyState.Found(early, 0, Double.NaN);
    assertThat(ClassRule.of(scored(2, null), found, CONFIG)).isNull();
    assertThat(ClassRule.score(early)).isNull();
  }

  @Test
  void theScoreIsOneMinusTheChanceOfSuchASmallest() {
    NoveltySignals signals = new NoveltySignals(1.0, 0.1, 1.0, 0.5, 0.1, 0.3, 0.2, null);
    assertThat(ClassRule.score(signals)).isCloseTo(Math.pow(0.9, 3), within(1e-12));
  }

  private static ScoredExample scored(double base, @Nullable Double adapter) {
    return ScoredExample.newBuilder()
        .setExample(
            TrainingExample.newBuilder()
                .setId("1")
                .setAdapter("a")
                .setEventTime(Instant.EPOCH)
                .build())
        .setOrigin(new RecordOrigin("examples.accepted", 0, 0L))
        .setBaseDigest("b")
        .setPromptTokens(1)
        .setResponseTokens(1)
        .setBaseLoss(base)
        .setAdapterLoss(adapter)
        .setScorerVersion("test")
        .setScoredAt(Instant.EPOCH)
        .build();
  }
}
