package io.alluvium.cli.explain.version;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.cli.TestRecords;
import io.alluvium.cli.explain.fact.TrainingRecord;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.NoveltyClass;
import io.alluvium.schemas.Outcome;
import io.alluvium.schemas.TrainingExample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WindowMixTest {
  @Test
  void countsWhatAWindowWasMixedOf() {
    TrainingExample example = TestRecords.weighted("q", Instant.EPOCH).getScored().getExample();
    TrainingExample labelled =
        TrainingExample.newBuilder(example).setSource("mail").setLabels(Map.of("a", "b")).build();
    WindowMix mix =
        WindowMix.of(
            List.of(
                new TrainingRecord(1, 0, false, NoveltyClass.NOVEL),
                new TrainingRecord(2, 0.5, true, null),
                new TrainingRecord(3, 2, false, NoveltyClass.NOVEL),
                new TrainingRecord(4, 1, false, null)),
            List.of(example, labelled));
    assertThat(mix.records()).isEqualTo(4);
    assertThat(mix.replayed()).isEqualTo(1);
    assertThat(mix.weights()).isEqualTo(new WindowMix.Weights(0, 0.75, 2, 0.25));
    assertThat(mix.counts().novelty()).isEqualTo(Map.of("novel", 2L, "not measured", 2L));
    assertThat(mix.counts().sources()).isEqualTo(Map.of("mail", 1L, "(not said)", 1L));
    assertThat(mix.counts().labels()).isEqualTo(Map.of("a=b", 1L));
    assertThat(WindowMix.of(List.of(), List.of()).weights())
        .isEqualTo(new WindowMix.Weights(0, 0, 0, 0));
  }

  @Test
  void aChainGoesBackToTheFreshStartThroughHeadsAndReleases() {
    AdapterVersion first = TestRecords.version(1, 0, 10, Outcome.RELEASED);
    AdapterVersion refused = TestRecords.version(2, 10, 20, Outcome.REJECTED);
    AdapterVersion head =
        AdapterVersion.newBuilder(TestRecords.version(3, 20, 30, Outcome.CONTINUED))
            .setParentVersion(1L)
            .build();
    AdapterVersion last =
        AdapterVersion.newBuilder(TestRecords.version(4, 30, 40, Outcome.RELEASED))
            .setParentVersion(1L)
            .setTrainedFrom(3L)
            .build();
    assertThat(Chain.of(last, List.of(first, refused, head)).links())
        .containsExactly(last, head, first);
  }
}
