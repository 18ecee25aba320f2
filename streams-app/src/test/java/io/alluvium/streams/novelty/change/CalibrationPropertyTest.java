package io.alluvium.streams.novelty.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CalibrationPropertyTest {
  private static final int FEWEST = 64;

  /** The slow obvious way: the window as a list, the share counted. */
  @Property(tries = 60)
  void pIsTheShareOfTheWindowThatIsAtLeastAsLarge(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 1000) int distinct) {
    Random random = new Random(seed);
    Calibration calibration = new Calibration();
    List<Float> window = new ArrayList<>();
    float credit = 2;
    float extremeShare = 0;
    for (int i = 0; i < 1500; i++) {
      float value = random.nextInt(distinct);
      long larger = window.stream().filter(each -> each >= value).count();
      if (window.size() >= FEWEST) {
        assertThat(calibration.p(value))
            .isCloseTo((1.0 + larger) / (window.size() + 1), within(1e-12));
      } else {
        assertThat(calibration.p(value)).isNaN();
      }
      calibration.add(value);
      if (window.size() < Calibration.WINDOW) {
        window.add(value);
        continue;
      }
      boolean isExtreme = (1.0 + larger) / (window.size() + 1) <= 0.02;
      extremeShare += ((isExtreme ? 1 : 0) - extremeShare) / 64;
      if (i % 4 == 0) {
        credit = Math.min(2, credit + 0.04f);
        boolean needsCredit = isExtreme && extremeShare <= 0.5;
        if (!needsCredit || credit >= 1) {
          window.remove(0);
          window.add(value);
          credit -= needsCredit ? 1 : 0;
        }
      }
    }
  }

  @Test
  void aFifthOfLargeValuesDoesNotMakeItselfUsualButWhatTakesOverDoes() {
    Random random = new Random(3);
    Calibration calibration = new Calibration();
    for (int i = 0; i < 2000; i++) {
      calibration.add(random.nextDouble());
    }
    for (int i = 0; i < 250; i++) {
      calibration.add(i % 5 == 0 ? 2 + random.nextDouble() : random.nextDouble());
    }
    assertThat(calibration.p(2)).isLessThan(0.012);
    for (int i = 0; i < 2100; i++) {
      calibration.add(2 + random.nextDouble());
    }
    assertThat(calibration.p(2.5)).isBetween(0.3, 0.7);
  }

  @Property(tries = 20)
  void whatIsReadBackGoesOnTheSame(@ForAll long seed, @ForAll @IntRange(max = 1200) int cut) {
    Random random = new Random(seed);
    Calibration whole = new Calibration();
    for (int i = 0; i < cut; i++) {
      whole.add(random.nextGaussian());
    }
    Calibration again = copy(whole);
    for (int i = 0; i < 600; i++) {
      double value = random.nextGaussian();
      assertThat(again.p(value)).isEqualTo(Double.valueOf(whole.p(value)));
      whole.add(value);
      again.add(value);
    }
  }

  @Test
  void smallPValuesAreAsRareAsTheySay() {
    Random random = new Random(8);
    Calibration calibration = new Calibration();
    int few = 0;
    int all = 20_000;
    for (int i = 0; i < all; i++) {
      double value = Math.exp(2 * random.nextGaussian());
      few += calibration.p(value) <= 0.05 ? 1 : 0;
      calibration.add(value);
    }
    assertThat(few / (double) all).isCloseTo(0.05, within(0.01));
  }

  private static Calibration copy(Calibration of) {
    ByteBuffer bytes = ByteBuffer.allocate(Calibration.BYTES);
    of.write(bytes);
    Calibration copy = new Calibration();
    copy.read(bytes.flip());
    return copy;
  }
}
