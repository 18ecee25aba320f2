package io.alluvium.streams.weigh.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SampleGuardTest {
  @Test
  void equalWeightsAreWorthAllAndOneHeavyWeightIsWorthOne() {
    assertThat(SampleGuard.share(100, 50, 25)).isCloseTo(1, within(1e-12));
    assertThat(SampleGuard.share(100, 7, 49)).isCloseTo(0.01, within(1e-12));
    assertThat(SampleGuard.share(100, 0, 0)).isZero();
  }

  @Test
  void fewExamplesSayNothing() {
    assertThat(SampleGuard.share(31, 7, 49)).isOne();
  }

  @Test
  void thePowerHalvesBelowTheLeastAndDoublesWellAbove() {
    assertThat(SampleGuard.next(1, 0.05, 0.1)).isEqualTo(0.5);
    assertThat(SampleGuard.next(0.125, 0.05, 0.1)).isEqualTo(0.125);
    assertThat(SampleGuard.next(0.25, 0.15, 0.1)).isEqualTo(0.25);
    assertThat(SampleGuard.next(0.25, 0.3, 0.1)).isEqualTo(0.5);
    assertThat(SampleGuard.next(1, 0.9, 0.1)).isOne();
  }
}
