package io.alluvium.streams.novelty.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HardnessPropertyTest {
  @Property(tries = 30)
  void excessIsTheDistanceFromTheMedianInRobustDeviations(
      @ForAll long seed, @ForAll @IntRange(max = 200) int count) {
    Random random = new Random(seed);
    Hardness hardness = new Hardness();
    List<Double> latest = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double loss = Math.exp(2 * random.nextGaussian());
      hardness.add(3, loss);
      latest.add(Math.log(loss + 0.01));
    }
    List<Double> kept = latest.subList(Math.max(0, count - 32), count);
    double excess = hardness.excess(3, 5);
    if (kept.size() < 16) {
      assertThat(excess).isNaN();
    } else {
      double median = median(kept);
      double deviation = median(kept.stream().map(each -> Math.abs(each - median)).toList());
      assertThat(excess)
          .isCloseTo((Math.log(5.01) - median) / Math.max(1.4826 * deviation, 0.5), within(1e-4));
    }
  }

  private static double median(List<Double> values) {
    return values.stream().sorted(Comparator.naturalOrder()).toList().get((values.size() - 1) / 2);
  }

  @Test
  void noiseStandsOutAmongEasyNeighboursAlsoWhenAThirdOfThemAreNoise() {
    Hardness hardness = new Hardness();
    for (int i = 0; i < 30; i++) {
      hardness.add(0, i % 3 == 0 ? 8 : 0.001);
      hardness.add(1, 9 + i / 30.0);
    }
    assertThat(hardness.excess(0, 5)).isGreaterThan(4);
    assertThat(hardness.excess(0, 0.02)).isLessThan(4);
    assertThat(hardness.excess(1, 10)).isLessThan(1);
    assertThat(hardness.excess(-1, 10)).isNaN();
  }

  @Test
  void aPlaceThatBeginsAnewKnowsNothing() {
    Hardness hardness = new Hardness();
    for (int i = 0; i < 40; i++) {
      hardness.add(2, 1);
    }
    hardness.begin(2);
    assertThat(hardness.excess(2, 1)).isNaN();
  }

  @Test
  void whatIsReadBackGoesOnTheSame() {
    Random random = new Random(4);
    Hardness one = new Hardness();
    for (int i = 0; i < 300; i++) {
      one.add(random.nextInt(4), random.nextDouble());
    }
    ByteBuffer bytes = ByteBuffer.allocate(Hardness.BYTES);
    one.write(bytes);
    Hardness two = new Hardness();
    two.read(bytes.flip());
    for (int i = 0; i < 300; i++) {
      int place = random.nextInt(4);
      double loss = random.nextDouble();
      assertThat(two.excess(place, loss)).isEqualTo(one.excess(place, loss));
      one.add(place, loss);
      two.add(place, loss);
    }
  }
}
