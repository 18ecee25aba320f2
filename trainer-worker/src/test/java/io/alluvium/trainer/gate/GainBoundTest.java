package io.alluvium.trainer.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GainBoundTest {
  private final GainBound bound = new GainBound(0.95);

  /**
   * Mean 10, sum of squares about it 28, standard error √(28/42) = 0.8165, skewness 0: by one
   * standard error √(6/7) less, γ/√n is -0.34993; with t(6; 0.95) = 1.94318 the inner term is 1 -
   * 0.34993·(1.94318 + 0.05832) = 0.29961, its cube root 0.66915, and the t value 3/0.34993·0.33085
   * = 2.83643.
   */
  @Test
  void correctsStudentsBoundForOneStandardErrorOfSkewness() {
    assertThat(bound.lowerBound(new double[] {7, 8, 9, 10, 11, 12, 13}))
        .isCloseTo(10 - 2.83643 * 0.81650, within(1e-4));
  }

  /** All nothing, but for one win of their number: mean and standard error are both 1. */
  @Test
  void isStudentsBoundWhereGainsLeanToTheRight() {
    assertThat(bound.lowerBound(oneWin(3))).isCloseTo(1 - 2.91999, within(1e-4));
    assertThat(bound.lowerBound(oneWin(4))).isCloseTo(1 - 2.35336, within(1e-4));
    assertThat(bound.lowerBound(oneWin(10))).isCloseTo(1 - 1.83311, within(1e-4));
    assertThat(bound.lowerBound(oneWin(25))).isCloseTo(1 - 1.71088, within(1e-4));
    assertThat(bound.lowerBound(oneWin(256))).isCloseTo(1 - 1.65085, within(1e-4));
    assertThat(new GainBound(0.995).lowerBound(oneWin(10))).isCloseTo(1 - 3.24984, within(1e-4));
    assertThat(new GainBound(0.9995).lowerBound(oneWin(10))).isCloseTo(1 - 4.78091, within(1e-4));
  }

  @Test
  void saysNothingWhereALossIsTooRareAndTooLarge() {
    double[] gains = IntStream.range(0, 40).mapToDouble(n -> n == 0 ? -0.95 : 0.05).toArray();
    assertThat(bound.lowerBound(gains)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void saysNothingOfFewerThanThreeGains() {
    assertThat(bound.lowerBound(new double[] {})).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(bound.lowerBound(new double[] {2})).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(bound.lowerBound(new double[] {2, 2.1})).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void saysNothingOfGainsThatDoNotDiffer() {
    double[] gains = IntStream.range(0, 50).mapToDouble(n -> 0.1 + 0.2).toArray();
    assertThat(bound.lowerBound(gains)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(bound.lowerBound(new double[50])).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  /** Ten examples hide losses of a share of ln(20)/10 = 0.29957; the mean is 1. */
  @Test
  void allowsForTheWorstLossWhereItIsNamed() {
    double[] gains = {0.9, 0.9, 0.9, 0.9, 0.9, 1, 1, 1, 1, 1.5};
    assertThat(new GainBound(0.95, 2).lowerBound(gains))
        .isCloseTo(1 - 2 * 0.29957, within(1e-4))
        .isLessThan(bound.lowerBound(gains));
  }

  @Test
  void aConfidenceOutsideItsRangeIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new GainBound(0.5));
    assertThatIllegalArgumentException().isThrownBy(() -> new GainBound(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GainBound(Double.NaN))
        .withMessageContaining("NaN");
    assertThatIllegalArgumentException().isThrownBy(() -> new GainBound(0.95, -1));
  }

  private static double[] oneWin(int examples) {
    double[] gains = new double[examples];
    gains[examples / 2] = examples;
    return gains;
  }
}
