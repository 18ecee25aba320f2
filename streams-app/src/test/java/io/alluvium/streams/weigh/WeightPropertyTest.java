package io.alluvium.streams.weigh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class WeightPropertyTest {
  private static final WeighConfig OPEN = config(WeighPolicy.FLOW, 0, 1e300);

  @Property
  void theMedianRecordWeighsOneOverE(@ForAll @DoubleRange(min = 0.01, max = 50) double median) {
    assertThat(Weight.of(scored(median, 1), median, OPEN)).isCloseTo(Math.exp(-1), within(1e-15));
  }

  @Property
  void aHarderRecordNeverWeighsMore(
      @ForAll @DoubleRange(max = 100) double loss,
      @ForAll @DoubleRange(max = 100) double harder,
      @ForAll @DoubleRange(min = 0.01, max = 50) double temperature) {
    double low = Math.min(loss, harder);
    double high = Math.max(loss, harder);
    assertThat(Weight.of(scored(high, 1), temperature, OPEN))
        .isLessThanOrEqualTo(Weight.of(scored(low, 1), temperature, OPEN));
  }

  @Property
  void aHigherTemperatureNeverLowersAWeight(
      @ForAll @DoubleRange(max = 100) double loss,
      @ForAll @DoubleRange(min = 0.01, max = 50) double temperature,
      @ForAll @DoubleRange(min = 0, max = 50) double more) {
    assertThat(Weight.of(scored(loss, 1), temperature + more, OPEN))
        .isGreaterThanOrEqualTo(Weight.of(scored(loss, 1), temperature, OPEN));
  }

  @Property
  void importanceIsAFactor(
      @ForAll @DoubleRange(max = 20) double loss,
      @ForAll @DoubleRange(min = 0.01, max = 1000) double importance) {
    assertThat(Weight.of(scored(loss, importance), 2, OPEN))
        .isEqualTo(Weight.of(scored(loss, 1), 2, OPEN) * importance);
  }

  @Property
  void weightsStayWithinTheirClamps(
      @ForAll @DoubleRange(max = 1e6) double loss,
      @ForAll @DoubleRange(min = 0.01, max = 1e9) double importance,
      @ForAll WeighPolicy policy) {
    assertThat(Weight.of(scored(loss, importance), 2, config(policy, 0.1, 3))).isBetween(0.1, 3.0);
  }

  @Property
  void epochsDoubleUntilTheirFullLengthAndNeverShrink(
      @ForAll @IntRange(min = 1, max = 100_000) int full,
      @ForAll @IntRange(max = 200) int version) {
    Temperature now = new Temperature(version, 1, MedianSketch.empty());
    Temperature next = new Temperature(version + 1L, 1, MedianSketch.empty());
    assertThat(now.epochLength(full)).isBetween(1, full);
    assertThat(next.epochLength(full)).isBetween(now.epochLength(full), 2 * now.epochLength(full));
  }

  private static WeighConfig config(WeighPolicy policy, double min, double max) {
    return new WeighConfig(policy, 256, 0.01, min, max);
  }

  private static ScoredExample scored(double loss, double importance) {
    return ScoredExample.newBuilder()
        .setExample(
            TrainingExample.newBuilder()
                .setId("1")
                .setAdapter("a")
                .setEventTime(Instant.EPOCH)
                .setImportance(importance)
                .build())
        .setOrigin(new RecordOrigin("examples.accepted", 0, 0L))
        .setBaseDigest("b")
        .setPromptTokens(1)
        .setResponseTokens(1)
        .setBaseLoss(loss)
        .setScorerVersion("test")
        .setScoredAt(Instant.EPOCH)
        .build();
  }
}
