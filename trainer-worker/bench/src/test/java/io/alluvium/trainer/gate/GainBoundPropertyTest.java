package io.alluvium.trainer.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alluvium.trainer.bench.level.GainShape;
import io.alluvium.trainer.bench.level.ReleaseShare;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class GainBoundPropertyTest {
  /** The default of gate.minHeldOut, from which on the level is claimed. */
  private static final int CLAIMED_FROM = 8;

  private static final long SEED = 11;
  private static final int DRAWS = 8000;

  /** Four standard errors of a share of 0.05 among the draws, and a tenth of the level. */
  private static final double HIGHEST = 0.05 + 0.005 + 4 * Math.sqrt(0.05 * 0.95 / DRAWS);

  /** Null candidates, the test of the acceptance loop, at the confidence of a single look. */
  @Property(tries = 1)
  void keepsItsLevelOnEveryClaimedShape() {
    for (GainShape shape : claimed()) {
      for (int examples : List.of(8, 9, 10, 12, 16, 20, 25, 40, 64, 100, 256)) {
        assertThat(share(shape, new GainBound(0.95), examples))
            .as("%s, %d examples, seed %d", shape, examples, SEED)
            .isLessThanOrEqualTo(HIGHEST);
      }
    }
  }

  /** With fewer the bound is more careful, not less, where losses are not rare and large. */
  @Property(tries = 1)
  void keepsItsLevelOnAnyNumberOfExamples() {
    for (GainShape shape : claimed()) {
      for (int examples = 1; examples < CLAIMED_FROM; examples++) {
        assertThat(share(shape, new GainBound(0.95), examples))
            .as("%s, %d examples, seed %d", shape, examples, SEED)
            .isLessThanOrEqualTo(HIGHEST);
      }
    }
  }

  /** The later looks of a sequence that spends the level in parts. */
  @Property(tries = 1)
  void aSmallerShareOfTheLevelIsKeptToo() {
    for (GainShape shape : claimed()) {
      for (int examples : List.of(8, 16, 25, 64, 256)) {
        double later = share(shape, new GainBound(1 - 0.05 / 20), examples);
        assertThat(later)
            .as("%s, %d examples, seed %d", shape, examples, SEED)
            .isLessThanOrEqualTo(0.0025 + 0.001 + 4 * Math.sqrt(0.0025 / DRAWS));
      }
    }
  }

  /** The limit of what can be known: as long as no loss was seen, none is reckoned with. */
  @Property(tries = 1)
  void lossesThatNoSampleShowsAreNotKnown() {
    assertThat(share(GainShape.HIDDEN_ONE_IN_20, new GainBound(0.95), 25))
        .isBetween(0.2, Math.pow(0.95, 25) + 0.05);
    assertThat(share(GainShape.HIDDEN_ONE_IN_20, new GainBound(0.95), 64))
        .isLessThanOrEqualTo(HIGHEST);
  }

  @Property(tries = 1)
  void lossesNoWorseThanTheWorstThatIsNamedAreAllowedFor() {
    for (GainShape shape : List.of(GainShape.HIDDEN_ONE_IN_20, GainShape.HIDDEN_ONE_IN_50)) {
      for (int examples : List.of(8, 12, 16, 25, 40, 64, 128, 256)) {
        assertThat(share(shape, new GainBound(0.95, 1), examples))
            .as("%s, %d examples, seed %d", shape, examples, SEED)
            .isLessThanOrEqualTo(HIGHEST);
      }
    }
  }

  @Property(tries = 1)
  void aSteadyGainIsSeenInADefaultWindow() {
    double share =
        new ReleaseShare(new GainBound(0.95), DRAWS, SEED)
            .of(25, (count, random) -> gaussians(count, random, 0.05, 0.05));
    assertThat(share).isGreaterThan(0.98);
  }

  @Property
  void shiftsWithItsGains(
      @ForAll @IntRange(min = 1, max = 256) int examples,
      @ForAll @DoubleRange(min = -10, max = 10) double by,
      @ForAll long seed) {
    GainBound bound = new GainBound(0.95);
    double[] gains = gaussians(examples, new Random(seed), 0, 1);
    double[] shifted = Arrays.stream(gains).map(gain -> gain + by).toArray();
    assertSame(bound.lowerBound(shifted), bound.lowerBound(gains) + by);
  }

  @Property
  void scalesWithItsGains(
      @ForAll @IntRange(min = 1, max = 256) int examples,
      @ForAll @DoubleRange(min = 0.01, max = 100) double factor,
      @ForAll long seed) {
    GainBound bound = new GainBound(0.99);
    double[] gains = gaussians(examples, new Random(seed), 0.3, 1);
    double[] scaled = Arrays.stream(gains).map(gain -> gain * factor).toArray();
    assertSame(bound.lowerBound(scaled) / factor, bound.lowerBound(gains));
  }

  @Property
  void theOrderOfGainsDoesNotMatter(
      @ForAll @IntRange(min = 1, max = 256) int examples, @ForAll long seed) {
    GainBound bound = new GainBound(0.95);
    double[] gains = gaussians(examples, new Random(seed), 0, 1);
    List<Double> shuffled = Arrays.asList(Arrays.stream(gains).boxed().toArray(Double[]::new));
    Collections.shuffle(shuffled, new Random(seed + 1));
    double[] other = shuffled.stream().mapToDouble(Double::doubleValue).toArray();
    assertThat(bound.lowerBound(other)).isEqualTo(bound.lowerBound(gains));
  }

  @Property
  void liesBelowTheMeanAndFallsAsConfidenceRises(
      @ForAll @IntRange(min = 3, max = 256) int examples, @ForAll long seed) {
    double[] gains = gaussians(examples, new Random(seed), 0, 1);
    double above = Arrays.stream(gains).average().orElseThrow();
    for (double confidence : new double[] {0.8, 0.95, 0.99, 0.9993}) {
      double bound = new GainBound(confidence).lowerBound(gains);
      assertThat(bound).isLessThan(Math.nextUp(above));
      above = bound;
    }
  }

  @Property
  void aGainThatIsNoNumberSaysNothing(
      @ForAll @IntRange(min = 1, max = 256) int examples, @ForAll long seed) {
    for (double broken :
        new double[] {Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY}) {
      Random random = new Random(seed);
      double[] gains = gaussians(examples, random, 5, 0.1);
      gains[random.nextInt(examples)] = broken;
      assertThat(new GainBound(0.95).lowerBound(gains)).isEqualTo(Double.NEGATIVE_INFINITY);
    }
  }

  private static List<GainShape> claimed() {
    return Arrays.stream(GainShape.values()).filter(GainShape::claimed).toList();
  }

  private static double share(GainShape shape, GainBound bound, int examples) {
    return new ReleaseShare(bound, DRAWS, SEED).of(examples, shape::draw);
  }

  private static double[] gaussians(int count, Random random, double mean, double deviation) {
    return IntStream.range(0, count)
        .mapToDouble(n -> mean + deviation * random.nextGaussian())
        .toArray();
  }

  private static void assertSame(double one, double other) {
    if (Double.isInfinite(other)) {
      assertThat(one).isEqualTo(other);
    } else {
      assertThat(one).isCloseTo(other, within(1e-8));
    }
  }
}
