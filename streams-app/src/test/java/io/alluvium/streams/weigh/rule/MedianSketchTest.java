package io.alluvium.streams.weigh.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MedianSketchTest {
  private static final int EPOCH = 256;
  private static final int EPOCHS = 400;

  static Stream<DoubleUnaryOperator> shapes() {
    Random random = new Random(3);
    return Stream.of(
        i -> i,
        i -> -i,
        i -> random.nextDouble(),
        i -> Math.exp(3 * random.nextGaussian()),
        i -> i % 1000,
        i -> i % 2 == 0 ? random.nextDouble() : 100 + random.nextDouble());
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void theMedianIsWithinOnePercentOfTheExactRank(DoubleUnaryOperator shape) {
    double[] all =
        IntStream.range(0, EPOCHS * EPOCH).mapToDouble(i -> shape.applyAsDouble(i)).toArray();
    double median = fed(all).median();
    double below = DoubleStream.of(all).filter(loss -> loss < median).count();
    double upTo = DoubleStream.of(all).filter(loss -> loss <= median).count();
    double half = all.length / 2.0;
    double error = Math.max(0, Math.max(below - half, half - upTo)) / all.length;
    assertThat(error).isCloseTo(0, within(0.01));
  }

  @Test
  void fewLossesGiveTheExactLowerMedian() {
    double[] losses = {5, 1, 4, 2};
    assertThat(MedianSketch.empty().with(losses).median()).isEqualTo(2);
    assertThat(MedianSketch.empty().with(new double[] {5, 1, 4}).median()).isEqualTo(4);
  }

  @Test
  void theSameLossesGiveTheSameBytes() {
    double[] all = new Random(1).doubles(EPOCHS * EPOCH).toArray();
    assertThat(fed(all).toBytes()).isEqualTo(fed(all).toBytes());
  }

  @Test
  void thatHoldsBesideOtherThreadsThatUseSketches() throws Exception {
    double[] all = new Random(1).doubles(EPOCHS * EPOCH).toArray();
    byte[] alone = fed(all).toBytes();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<byte[]> work = () -> fed(all).toBytes();
      for (Future<byte[]> done : threads.invokeAll(java.util.Collections.nCopies(8, work))) {
        assertThat(done.get()).isEqualTo(alone);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void bytesAreTheWholeState() {
    double[] all = new Random(2).doubles(EPOCHS * EPOCH).toArray();
    MedianSketch half = fed(Arrays.copyOf(all, all.length / 2));
    double[] rest = Arrays.copyOfRange(all, all.length / 2, all.length);
    assertThat(feed(MedianSketch.fromBytes(half.toBytes()), rest).toBytes())
        .isEqualTo(fed(all).toBytes());
  }

  @Test
  void theSketchStaysSmall() {
    assertThat(fed(new Random(4).doubles(EPOCHS * EPOCH).toArray()).toBytes())
        .hasSizeLessThan(11_000);
  }

  private static MedianSketch fed(double[] losses) {
    return feed(MedianSketch.empty(), losses);
  }

  private static MedianSketch feed(MedianSketch sketch, double[] losses) {
    MedianSketch now = sketch;
    for (int from = 0; from < losses.length; from += EPOCH) {
      now = now.with(Arrays.copyOfRange(losses, from, from + EPOCH));
    }
    return now;
  }
}
