package io.alluvium.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.DriftEvent;
import io.alluvium.schemas.NoveltyClass;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.WeightedExample;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoveltyTopologyTest {
  @TempDir private Path folder;

  private final Random random = new Random(5);

  @Test
  void signalsAreStampedFromTheFirstExampleAndClassesOnceThereIsSomethingToCompareWith() {
    try (Rig rig = new Rig(folder)) {
      IntStream.range(0, 200).forEach(i -> rig.produce(scored(i, "usual")));
      rig.produce(scored(200, "other"));
      List<WeightedExample> training = rig.training();
      assertThat(training.get(0).getNovelty().getLexicalSurprise()).isPositive();
      assertThat(training.get(0).getNoveltyClass()).isNull();
      assertThat(training.get(0).getNoveltyScore()).isNull();
      assertThat(training.get(199).getNoveltyClass()).isEqualTo(NoveltyClass.FAMILIAR);
      WeightedExample other = training.get(200);
      assertThat(other.getNoveltyClass()).isEqualTo(NoveltyClass.NOVEL);
      assertThat(other.getNoveltyScore()).isGreaterThan(0.95);
      assertThat(other.getWeight()).isGreaterThanOrEqualTo(0.3);
    }
  }

  @Test
  void theThreeSignalsAreKeptApart() {
    try (Rig rig = new Rig(folder)) {
      IntStream.range(0, 200).forEach(i -> rig.produce(learned(scored(i, "usual"))));
      var signals = rig.training().get(199).getNovelty();
      assertThat(signals.getLexicalP()).isBetween(0.0, 1.0);
      assertThat(signals.getEmbeddingDistance()).isBetween(0.0, 2.0);
      assertThat(signals.getEmbeddingP()).isBetween(0.0, 1.0);
      assertThat(signals.getLearnedNovelty()).isEqualTo(-0.5);
      assertThat(signals.getLearnedP()).isEqualTo(1);
      assertThat(signals.getLossP()).isBetween(0.0, 1.0);
    }
  }

  @Test
  void aChangeOfTheStreamIsOneEventAndOneCount() {
    try (Rig rig = new Rig(folder)) {
      IntStream.range(0, 1000).forEach(i -> rig.produce(scored(i, "usual")));
      assertThat(rig.read(rig.topics().drift())).isEmpty();
      IntStream.range(1000, 1200).forEach(i -> rig.produce(scored(i, "other")));
      List<DriftEvent> drifts = rig.read(rig.topics().drift());
      assertThat(drifts).extracting(DriftEvent::getSignal).containsExactly("text");
      assertThat(Integer.parseInt(drifts.get(0).getExampleId())).isBetween(1000, 1199);
      assertThat(rig.meters.scrape()).contains("alluvium_drifts_total{adapter=\"support\"} 1");
      assertThat(rig.training())
          .filteredOn(weighted -> weighted.getNovelty().getDrift() != null)
          .extracting(weighted -> weighted.getScored().getExample().getId())
          .containsExactly(drifts.get(0).getExampleId());
    }
  }

  @Test
  void aBaseOfItsOwnIsAnotherComparison() {
    try (Rig rig = new Rig(folder)) {
      IntStream.range(0, 200).forEach(i -> rig.produce(scored(i, "usual")));
      rig.produce(ScoredExample.newBuilder(scored(200, "usual")).setBaseDigest("b1").build());
      assertThat(rig.training().get(200).getNoveltyClass()).isNull();
    }
  }

  private ScoredExample scored(int number, String domain) {
    String text =
        IntStream.range(0, 30)
            .mapToObj(i -> domain + random.nextInt(60))
            .collect(Collectors.joining(" "));
    return Rig.scored(Rig.example(Integer.toString(number), text).build(), random.nextDouble() * 3);
  }

  private ScoredExample learned(ScoredExample scored) {
    byte[] embedding = new byte[128];
    random.nextBytes(embedding);
    return ScoredExample.newBuilder(scored)
        .setBaseLoss(scored.getBaseLoss() + 1)
        .setAdapterLoss(scored.getBaseLoss() + 0.5)
        .setAdapterVersion(1L)
        .setEmbedding(ByteBuffer.wrap(embedding))
        .build();
  }
}
