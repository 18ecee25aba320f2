package io.alluvium.streams.weigh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alluvium.schemas.NoveltyClass;
import io.alluvium.schemas.NoveltySignals;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.novelty.candidate.Candidate;
import io.alluvium.streams.novelty.candidate.Novelty;
import io.alluvium.streams.weigh.rule.MedianSketch;
import io.alluvium.streams.weigh.rule.Temperature;
import io.alluvium.streams.weigh.rule.WeighPolicy;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class WeightPropertyTest {
  private static final WeighConfig OPEN = config(WeighPolicy.FLOW, 0, 1e300);

  @Property
  void theMedianRecordWeighsOneOverE(@ForAll @DoubleRange(min = 0.01, max = 50) double median) {
    assertThat(weight(scored(median, 1), median, OPEN)).isCloseTo(Math.exp(-1), within(1e-15));
  }

  @Property
  void aHarderRecordNeverWeighsMore(
      @ForAll @DoubleRange(max = 100) double loss,
      @ForAll @DoubleRange(max = 100) double harder,
      @ForAll @DoubleRange(min = 0.01, max = 50) double temperature) {
    double low = Math.min(loss, harder);
    double high = Math.max(loss, harder);
    assertThat(weight(scored(high, 1), temperature, OPEN))
        .isLessThanOrEqualTo(weight(scored(low, 1), temperature, OPEN));
  }

  @Property
  void aHigherTemperatureNeverLowersAWeight(
      @ForAll @DoubleRange(max = 100) double loss,
      @ForAll @DoubleRange(min = 0.01, max = 50) double temperature,
      @ForAll @DoubleRange(min = 0, max = 50) double more) {
    assertThat(weight(scored(loss, 1), temperature + more, OPEN))
        .isGreaterThanOrEqualTo(weight(scored(loss, 1), temperature, OPEN));
  }

  @Property
  void importanceIsAFactor(
      @ForAll @DoubleRange(max = 20) double loss,
      @ForAll @DoubleRange(min = 0.01, max = 1000) double importance) {
    assertThat(weight(scored(loss, importance), 2, OPEN))
        .isEqualTo(weight(scored(loss, 1), 2, OPEN) * importance);
  }

  @Property
  void weightsStayWithinTheirClamps(
      @ForAll @DoubleRange(max = 1e6) double loss,
      @ForAll @DoubleRange(min = 0.01, max = 1e9) double importance,
      @ForAll WeighPolicy policy) {
    assertThat(weight(scored(loss, importance), 2, config(policy, 0.1, 3))).isBetween(0.1, 3.0);
  }

  @Property
  void aNovelExampleWeighsAtLeastTheFloorAndAnOutlierAtMostTheCeiling(
      @ForAll @DoubleRange(max = 1e4) double loss, @ForAll WeighPolicy policy) {
    WeighConfig config = config(policy, 0, 1e300);
    double plain = weight(scored(loss, 1), 2, config);
    assertThat(weight(classed(loss, NoveltyClass.NOVEL), 1, 2, config))
        .isEqualTo(Math.max(plain, 0.3));
    assertThat(weight(classed(loss, NoveltyClass.OUTLIER), 1, 2, config))
        .isEqualTo(Math.min(plain, 0.1));
    assertThat(weight(classed(loss, NoveltyClass.FAMILIAR), 1, 2, config)).isEqualTo(plain);
  }

  @Property
  void everyPolicyGivesAWeightFromZeroToOne(
      @ForAll @DoubleRange(max = 1e6) double loss, @ForAll WeighPolicy policy) {
    assertThat(weight(scored(loss, 1), 2, config(policy, 0, 1e300))).isBetween(0.0, 1.0);
  }

  @Property
  void inverseIsTheMirrorOfFlowAboutTheMedian(
      @ForAll @DoubleRange(min = 0.01, max = 50) double median,
      @ForAll @DoubleRange(min = 0.01, max = 100) double factor) {
    WeighConfig inverse = config(WeighPolicy.INVERSE, 0, 1e300);
    assertThat(weight(scored(median * factor, 1), median, inverse))
        .isCloseTo(weight(scored(median / factor, 1), median, OPEN), within(1e-9));
  }

  @Property
  void learnableIsTheShareThatTheAdapterTookAway(
      @ForAll @DoubleRange(min = 0.01, max = 50) double loss,
      @ForAll @DoubleRange(max = 2) double left) {
    ScoredExample learned =
        ScoredExample.newBuilder(scored(loss, 1)).setAdapterLoss(loss * left).build();
    assertThat(weight(learned, 2, config(WeighPolicy.LEARNABLE, 0, 1e300)))
        .isCloseTo(Math.max(0, 1 - left), within(1e-9));
  }

  @Property
  void aSmallerPowerDrawsWeightsTogetherAndKeepsTheirOrder(
      @ForAll @DoubleRange(max = 40) double loss, @ForAll @DoubleRange(max = 40) double harder) {
    double low = Math.min(loss, harder);
    double high = Math.max(loss, harder);
    double ratio = weight(scored(high, 1), 2, OPEN) / weight(scored(low, 1), 2, OPEN);
    double drawn =
        weight(Candidate.fresh(scored(high, 1), null), 0.5, 2, OPEN)
            / weight(Candidate.fresh(scored(low, 1), null), 0.5, 2, OPEN);
    assertThat(drawn).isBetween(ratio, 1.0);
  }

  @Property
  void epochsDoubleUntilTheirFullLengthAndNeverShrink(
      @ForAll @IntRange(min = 1, max = 100_000) int full,
      @ForAll @IntRange(max = 200) int version) {
    Temperature now = new Temperature(0, version, 1, MedianSketch.empty());
    Temperature next = new Temperature(0, version + 1L, 1, MedianSketch.empty());
    assertThat(now.epochLength(full)).isBetween(1, full);
    assertThat(next.epochLength(full)).isBetween(now.epochLength(full), 2 * now.epochLength(full));
  }

  private static WeighConfig config(WeighPolicy policy, double min, double max) {
    return new WeighConfig(policy, false, 256, 0.01, min, max, 0.3, 0.1, 0.1);
  }

  private static double weight(ScoredExample scored, double temperature, WeighConfig config) {
    return weight(Candidate.fresh(scored, null), 1, temperature, config);
  }

  private static double weight(
      Candidate candidate, double exponent, double temperature, WeighConfig config) {
    Temperature frozen = new Temperature(0, 1, temperature, MedianSketch.empty());
    return Weight.of(candidate, new Weight.Scale(frozen, exponent, Double.NaN), config).weight();
  }

  private static Candidate classed(double loss, NoveltyClass kind) {
    NoveltySignals signals = new NoveltySignals(1.0, null, null, null, null, null, null, null);
    return Candidate.fresh(scored(loss, 1), new Novelty(signals, 0.5, kind));
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
