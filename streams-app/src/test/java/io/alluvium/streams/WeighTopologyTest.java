package io.alluvium.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.WeightedExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeighTopologyTest {
  @TempDir private Path folder;

  @Test
  void theFirstExampleWeighsWhatAMedianOneDoes() {
    try (Rig rig = new Rig(folder)) {
      rig.produce(scored(0, 2.5));
      WeightedExample weighted = rig.training().get(0);
      assertThat(weighted.getWeight()).isEqualTo(Math.exp(-1));
      assertThat(weighted.getTemperature()).isEqualTo(2.5);
      assertThat(weighted.getTemperatureVersion()).isZero();
      assertThat(weighted.getPolicyVersion()).isEqualTo("flow/1");
      assertThat(weighted.getScored()).isEqualTo(scored(0, 2.5));
      assertThat(weighted.getWeighedAt()).isEqualTo(Rig.START);
    }
  }

  @Test
  void temperaturesAreFrozenOverEpochsThatDoubleUntilTheirFullLength() {
    try (Rig rig = new Rig(folder, "weigh: {epochExamples: 4}")) {
      IntStream.range(0, 16).forEach(i -> rig.produce(scored(i, 1 + i)));
      List<WeightedExample> training = rig.training();
      assertThat(training)
          .extracting(WeightedExample::getTemperatureVersion)
          .containsExactly(0L, 1L, 2L, 2L, 3L, 3L, 3L, 3L, 4L, 4L, 4L, 4L, 5L, 5L, 5L, 5L);
      assertThat(training)
          .extracting(WeightedExample::getTemperature)
          .containsExactly(
              1.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 2.0, 4.0, 4.0, 4.0, 4.0, 6.0, 6.0, 6.0, 6.0);
    }
  }

  @Test
  void everyBaseAndAdapterHasItsOwnTemperature() {
    try (Rig rig = new Rig(folder)) {
      rig.produce(scored(0, 1));
      rig.produce(ScoredExample.newBuilder(scored(1, 9)).setBaseDigest("b1").build());
      rig.produce(Rig.scored(Rig.example("2", "a").setAdapter("sales").build(), 5));
      assertThat(rig.training())
          .extracting(WeightedExample::getTemperature)
          .containsExactly(1.0, 9.0, 5.0);
    }
  }

  @Test
  void importanceMultipliesAndTheClampsHold() {
    try (Rig rig = new Rig(folder, "weigh: {minWeight: 0.2, maxWeight: 1.5}")) {
      rig.produce(Rig.scored(Rig.example("0", "a").setImportance(2.0).build(), 3));
      rig.produce(Rig.scored(Rig.example("1", "b").setImportance(100.0).build(), 3));
      rig.produce(Rig.scored(Rig.example("2", "c").build(), 3000));
      assertThat(rig.training())
          .extracting(WeightedExample::getWeight)
          .containsExactly(2 * Math.exp(-1), 1.5, 0.2);
    }
  }

  @Test
  void uniformWeighsByImportanceAloneAndStampsNoTemperature() {
    try (Rig rig = new Rig(folder, "weigh: {policy: uniform}")) {
      rig.produce(scored(0, 3));
      WeightedExample weighted = rig.training().get(0);
      assertThat(weighted.getWeight()).isEqualTo(1);
      assertThat(weighted.getTemperature()).isNull();
      assertThat(weighted.getTemperatureVersion()).isNull();
      assertThat(weighted.getPolicyVersion()).isEqualTo("uniform/1");
    }
  }

  @Test
  void aLossThatIsNoNumberIsRejectedAndLeavesTheTemperatureAlone() {
    try (Rig rig = new Rig(folder)) {
      rig.produce(scored(0, Double.NaN));
      rig.produce(scored(1, -1));
      rig.produce(scored(2, Double.POSITIVE_INFINITY));
      rig.produce(scored(3, 2));
      assertThat(rig.rejected())
          .extracting(Rejection::getReason, Rejection::getStage, Rejection::getExampleId)
          .containsExactly(
              tuple("BAD_LOSS", "weigh", "0"),
              tuple("BAD_LOSS", "weigh", "1"),
              tuple("BAD_LOSS", "weigh", "2"));
      assertThat(rig.training().get(0).getTemperature()).isEqualTo(2.0);
    }
  }

  @Test
  void aLossOfZeroMeetsTheFloorOfTheTemperature() {
    try (Rig rig = new Rig(folder, "weigh: {minTemperature: 0.5}")) {
      rig.produce(scored(0, 0));
      rig.produce(scored(1, 0.5));
      assertThat(rig.training()).extracting(WeightedExample::getTemperature).containsOnly(0.5);
    }
  }

  @Test
  void aRestartAtAnyRecordChangesNoByte() throws IOException {
    Random random = new Random(11);
    List<ScoredExample> stream =
        IntStream.range(0, 1200).mapToObj(i -> scored(i, random.nextDouble() * 6)).toList();
    List<byte[]> whole = weighed(folder.resolve("whole"), stream, List.of());
    List<byte[]> cut = weighed(folder.resolve("cut"), stream, List.of(1, 255, 256, 700, 1199));
    assertThat(cut).usingRecursiveComparison().isEqualTo(whole);
  }

  @Test
  void theTemperatureFollowsTheExactMedian() {
    Random random = new Random(5);
    List<Double> losses = new ArrayList<>();
    try (Rig rig = new Rig(folder)) {
      for (int i = 0; i < 3072; i++) {
        losses.add(Math.abs(random.nextGaussian()) + (i > 1500 ? 2 : 0));
        rig.produce(scored(i, losses.get(i)));
      }
      WeightedExample last = rig.training().get(3071);
      List<Double> before = losses.subList(0, 3072 - 256).stream().sorted().toList();
      double rank = before.indexOf(last.getTemperature()) / (double) before.size();
      assertThat(rank).isCloseTo(0.5, within(0.01));
    }
  }

  @Test
  void theTemperatureIsShownForTheFirstAdaptersOnly() {
    try (Rig rig = new Rig(folder)) {
      List.of("a", "b", "c")
          .forEach(
              name -> rig.produce(Rig.scored(Rig.example(name, name).setAdapter(name).build(), 3)));
      assertThat(rig.meters.scrape())
          .contains("alluvium_temperature_nats{adapter=\"a\"} 3.0")
          .contains("alluvium_temperature_nats{adapter=\"b\"} 3.0")
          .doesNotContain("adapter=\"c\"");
    }
  }

  @Test
  void withMeanOneTheWeightsOfAnEpochAreDividedByTheMeanOfTheOneBefore() {
    Random random = new Random(6);
    try (Rig rig = new Rig(folder, "weigh: {meanOne: true, epochExamples: 64}")) {
      IntStream.range(0, 640).forEach(i -> rig.produce(scored(i, 1 + random.nextDouble() * 4)));
      List<WeightedExample> training = rig.training();
      List<WeightedExample> late = training.subList(320, 640);
      assertThat(late.stream().mapToDouble(WeightedExample::getWeight).average().orElseThrow())
          .isCloseTo(1, within(0.1));
      WeightedExample one = late.get(7);
      assertThat(one.getWeight())
          .isEqualTo(
              Math.exp(-one.getScored().getBaseLoss() / one.getTemperature())
                  / one.getMeanWeight());
      assertThat(training.get(0).getMeanWeight()).isNull();
    }
  }

  @Test
  void whenFewExamplesCarryAllWeightTheAlarmCountsAndTheNextEpochIsDrawnTogether() {
    try (Rig rig = new Rig(folder, "weigh: {epochExamples: 64, minEffectiveShare: 0.5}")) {
      IntStream.range(0, 256).forEach(i -> rig.produce(important(i, i % 16 == 0 ? 10 : 1)));
      List<WeightedExample> training = rig.training();
      assertThat(training.get(60).getPolicyVersion()).isEqualTo("flow/1");
      assertThat(training.get(200).getPolicyVersion()).startsWith("flow/1^0.");
      assertThat(rig.meters.scrape())
          .contains("alluvium_effective_share{adapter=\"support\"}")
          .containsPattern("alluvium_effective_alarms_total [1-9]");
    }
  }

  private static List<byte[]> weighed(
      Path folder, List<ScoredExample> stream, List<Integer> restarts) throws IOException {
    Files.createDirectories(folder);
    List<byte[]> bytes = new ArrayList<>();
    Rig rig = new Rig(folder);
    for (int i = 0; i < stream.size(); i++) {
      if (restarts.contains(i)) {
        rig = rig.restarted();
      }
      rig.produce(stream.get(i));
      rig.records(rig.topics().training()).forEach(record -> bytes.add(record.value()));
    }
    rig.close();
    return bytes;
  }

  private static ScoredExample important(int number, double importance) {
    String id = Integer.toString(number);
    return Rig.scored(Rig.example(id, "text " + id).setImportance(importance).build(), 2);
  }

  private static ScoredExample scored(int number, double loss) {
    return Rig.scored(Rig.example(Integer.toString(number), "text " + number).build(), loss);
  }
}
