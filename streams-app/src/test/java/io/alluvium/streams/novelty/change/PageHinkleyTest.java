package io.alluvium.streams.novelty.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PageHinkleyTest {
  private static final double TOLERANCE = 0.1;
  private static final double THRESHOLD = 25;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 10);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingIsFoundInTwentyThousandUniformValues(long seed) {
    Random random = new Random(seed);
    assertThat(alarms(new PageHinkley(TOLERANCE, THRESHOLD), random::nextDouble, 20_000)).isZero();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aRiseByThreeTenthsIsFoundWithinTwoHundredValuesAndOnce(long seed) {
    Random random = new Random(seed);
    PageHinkley detector = new PageHinkley(TOLERANCE, THRESHOLD);
    alarms(detector, random::nextDouble, 1000);
    DoubleSupplier risen = () -> 0.6 + 0.4 * random.nextDouble();
    assertThat(alarms(detector, risen, 200)).isOne();
    assertThat(alarms(detector, risen, 2000)).isZero();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aFallIsNone(long seed) {
    Random random = new Random(seed);
    PageHinkley detector = new PageHinkley(TOLERANCE, THRESHOLD);
    alarms(detector, () -> 0.6 + 0.4 * random.nextDouble(), 1000);
    assertThat(alarms(detector, random::nextDouble, 5000)).isZero();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsReadBackGoesOnTheSame(long seed) {
    Random random = new Random(seed);
    PageHinkley one = new PageHinkley(TOLERANCE, 3);
    alarms(one, random::nextDouble, 100);
    ByteBuffer bytes = ByteBuffer.allocate(PageHinkley.BYTES);
    one.write(bytes);
    PageHinkley two = new PageHinkley(TOLERANCE, 3);
    two.read(bytes.flip());
    for (int i = 0; i < 1000; i++) {
      double value = random.nextDouble();
      assertThat(two.add(value)).isEqualTo(one.add(value));
    }
  }

  private static int alarms(PageHinkley detector, DoubleSupplier values, int count) {
    int alarms = 0;
    for (int i = 0; i < count; i++) {
      alarms += detector.add(values.getAsDouble()) ? 1 : 0;
    }
    return alarms;
  }
}
