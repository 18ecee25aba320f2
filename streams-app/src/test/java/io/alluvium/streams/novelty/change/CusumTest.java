package io.alluvium.streams.novelty.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CusumTest {
  private static final double SHARE = 0.2;
  private static final double THRESHOLD = 7;
  private static final double SMALL = 0.005;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 10);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingIsFoundInTwentyThousandUniformValues(long seed) {
    assertThat(alarms(cusum(), uniform(new Random(seed)), 20_000)).isZero();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aSixthOfSmallValuesIsFoundWithinAHundredAndOnce(long seed) {
    Random random = new Random(seed);
    Cusum detector = cusum();
    alarms(detector, uniform(random), 1000);
    DoubleSupplier mixed =
        () -> random.nextInt(6) == 0 ? SMALL * (1 - random.nextDouble()) : 1 - random.nextDouble();
    assertThat(alarms(detector, mixed, 100)).isOne();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void eachOfTwoChangesIsFound(long seed) {
    Random random = new Random(seed);
    Cusum detector = cusum();
    assertThat(alarms(detector, () -> SMALL, 50)).isOne();
    assertThat(alarms(detector, uniform(random), 500)).isZero();
    assertThat(alarms(detector, () -> SMALL, 50)).isOne();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aFallIsNone(long seed) {
    Random random = new Random(seed);
    assertThat(alarms(cusum(), () -> 1 - random.nextDouble() / 2, 5000)).isZero();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsReadBackGoesOnTheSame(long seed) {
    Random random = new Random(seed);
    Cusum one = new Cusum(SHARE, 3);
    alarms(one, uniform(random), 100);
    ByteBuffer bytes = ByteBuffer.allocate(Cusum.BYTES);
    one.write(bytes);
    Cusum two = new Cusum(SHARE, 3);
    two.read(bytes.flip());
    for (int i = 0; i < 1000; i++) {
      double value = 1 - random.nextDouble();
      assertThat(two.add(value)).isEqualTo(one.add(value));
    }
  }

  private static Cusum cusum() {
    return new Cusum(SHARE, THRESHOLD);
  }

  private static DoubleSupplier uniform(Random random) {
    return () -> 1 - random.nextDouble();
  }

  private static int alarms(Cusum detector, DoubleSupplier values, int count) {
    int alarms = 0;
    for (int i = 0; i < count; i++) {
      alarms += detector.add(values.getAsDouble()) ? 1 : 0;
    }
    return alarms;
  }
}
