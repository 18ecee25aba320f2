package io.alluvium.trainer.publish.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.OffsetRange;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.trainer.claim.Sources;
import io.alluvium.trainer.claim.recall.Place;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QuarantineTest {
  private static final RecordOrigin SCORED = new RecordOrigin("examples.scored", 1, 7L);

  private final Quarantine quarantine =
      Quarantine.of(
          List.of(
              new OffsetRange("training", 1, 10L, 20L),
              new OffsetRange("examples.accepted", 1, 100L, 200L)),
          Sources.of("training"));

  @Test
  void recordsOfTheRangeAreOutOfUse() {
    assertThat(quarantine.holds(new Place(1, 10))).isTrue();
    assertThat(quarantine.holds(new Place(1, 19))).isTrue();
    assertThat(quarantine.holds(new Place(1, 20))).isFalse();
    assertThat(quarantine.holds(new Place(0, 10))).isFalse();
    assertThat(quarantine.holds(new Place(1, 150))).as("a place of another topic").isFalse();
  }

  /** What is produced again has a place of its own, and is no replay. */
  @Test
  void replaysOfTheRangeAreRefusedAndWhatIsFreshIsNot() {
    assertThat(quarantine.refuses(example(150, SCORED))).isTrue();
    assertThat(quarantine.refuses(example(200, SCORED))).isFalse();
    assertThat(quarantine.refuses(example(15, SCORED))).isFalse();
    assertThat(quarantine.refuses(example(150, null))).isFalse();
  }

  @Test
  void laterRollbacksAddToIt() {
    Quarantine more =
        quarantine.and(new Quarantine(List.of(new OffsetRange("training", 0, 0L, 5L)), List.of()));
    assertThat(more.holds(new Place(0, 4))).isTrue();
    assertThat(more.holds(new Place(1, 10))).isTrue();
    assertThat(more.refuses(example(150, SCORED))).isTrue();
  }

  private static WeightedExample example(long accepted, @Nullable RecordOrigin replayOf) {
    TrainingExample sent =
        TrainingExample.newBuilder()
            .setId("e")
            .setAdapter("a")
            .setCompletion("b")
            .setEventTime(Instant.EPOCH)
            .build();
    return WeightedExample.newBuilder()
        .setScored(
            ScoredExample.newBuilder()
                .setExample(sent)
                .setOrigin(new RecordOrigin("examples.accepted", 1, accepted))
                .setBaseDigest("d")
                .setPromptTokens(1)
                .setResponseTokens(1)
                .setBaseLoss(1)
                .setScorerVersion("test")
                .setScoredAt(Instant.EPOCH)
                .build())
        .setWeight(1.0)
        .setReplayOf(replayOf)
        .setPolicyVersion("uniform/1")
        .setWeighedAt(Instant.EPOCH)
        .build();
  }
}
