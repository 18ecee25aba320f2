package io.alluvium.streams.replay.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.streams.hold.KeptExample;
import io.alluvium.streams.hold.StableHash;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ReservoirTest {
  /** Chi-square with so many degrees of freedom exceeds these with a chance of 0.001. */
  private static final double CRITICAL_99 = 148.2;

  private static final double CRITICAL_5 = 20.5;

  /** The slow obvious way: all examples sorted by key, the first ones that fit. */
  @Property(tries = 100)
  void itHoldsTheLargestKeysOfAllThatCame(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int most) {
    Random random = new Random(seed);
    Reservoir reservoir = new Reservoir();
    List<KeptExample> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      KeptExample next = kept(random.nextDouble(), 10, i);
      all.add(next);
      offer(reservoir, next, most, 1_000_000);
      List<Long> largest =
          all.stream()
              .sorted(Comparator.comparingDouble(KeptExample::key).reversed())
              .limit(most)
              .map(KeptExample::offset)
              .toList();
      assertThat(held(reservoir)).containsExactlyInAnyOrderElementsOf(largest);
    }
  }

  @Property(tries = 100)
  void neitherBoundIsEverExceeded(@ForAll long seed) {
    Random random = new Random(seed);
    Reservoir reservoir = new Reservoir();
    for (int i = 0; i < 500; i++) {
      offer(reservoir, kept(random.nextDouble(), random.nextInt(400), i), 20, 1000);
      assertThat(reservoir.bytes()).isLessThanOrEqualTo(1000);
      assertThat(reservoir.count()).isLessThanOrEqualTo(20);
    }
    assertThat(reservoir.count()).isPositive();
  }

  @Property(tries = 50)
  void whatIsReadBackIsTheSame(@ForAll long seed) {
    Random random = new Random(seed);
    Reservoir reservoir = new Reservoir();
    IntStream.range(0, 100)
        .forEach(i -> offer(reservoir, kept(random.nextDouble(), 10, i), 30, 250));
    ByteBuffer bytes = ByteBuffer.allocate(reservoir.written());
    reservoir.write(bytes);
    Reservoir again = new Reservoir();
    again.read(bytes.flip());
    assertThat(held(again)).isEqualTo(held(reservoir));
    assertThat(again.bytes()).isEqualTo(reservoir.bytes());
    assertThat(again.free()).isEqualTo(reservoir.free());
  }

  /** Every one of 100 equal examples is kept with the chance 10 / 100. */
  @Test
  void equalWeightsAreKeptEquallyOften() {
    int runs = 20_000;
    long[] kept = new long[100];
    for (int seed = 0; seed < runs; seed++) {
      Reservoir reservoir = new Reservoir();
      for (int i = 0; i < 100; i++) {
        offer(reservoir, seeded(seed, i, 1), 10, 1_000_000);
      }
      held(reservoir).forEach(offset -> kept[(int) (long) offset]++);
    }
    double[] expected = IntStream.range(0, 100).mapToDouble(i -> runs / 10.0).toArray();
    // Counts of one run exclude each other, so the statistic is smaller by (1 - 10 / 100).
    assertThat(chiSquare(kept, expected) / 0.9).isLessThan(CRITICAL_99);
  }

  /** Two of six examples of weights 1 to 6, against every order of drawing written out. */
  @Test
  void weightsCountAsInDrawingOneAfterTheOther() {
    int runs = 40_000;
    int[] weights = {1, 2, 3, 4, 5, 6};
    long[] first = new long[6];
    for (int seed = 0; seed < runs; seed++) {
      Reservoir reservoir = new Reservoir();
      for (int i = 0; i < 6; i++) {
        offer(reservoir, seeded(seed, i, weights[i]), 1, 1_000_000);
      }
      first[(int) (long) held(reservoir).get(0)]++;
    }
    double[] expected = new double[6];
    double[] both = new double[6];
    for (int i = 0; i < 6; i++) {
      expected[i] = runs * weights[i] / 21.0;
      for (int j = 0; j < 6; j++) {
        both[i] +=
            j == i ? expected[i] : runs * (weights[j] / 21.0) * weights[i] / (21.0 - weights[j]);
      }
    }
    assertThat(chiSquare(first, expected)).isLessThan(CRITICAL_5);
    long[] two = new long[6];
    for (int seed = 0; seed < runs; seed++) {
      Reservoir reservoir = new Reservoir();
      for (int i = 0; i < 6; i++) {
        offer(reservoir, seeded(seed, i, weights[i]), 2, 1_000_000);
      }
      held(reservoir).forEach(offset -> two[(int) (long) offset]++);
    }
    assertThat(chiSquare(two, both)).isLessThan(CRITICAL_5);
  }

  @Test
  void drawsAreEvenOverWhatIsKept() {
    Reservoir reservoir = new Reservoir();
    IntStream.range(0, 6).forEach(i -> offer(reservoir, kept(i, 1, i), 6, 100));
    reservoir.drop(2);
    long[] drawn = new long[6];
    for (int i = 0; i < 10_000; i++) {
      drawn[reservoir.draw(StableHash.of(7, i))]++;
    }
    assertThat(drawn[2]).isZero();
    assertThat(chiSquare(drawn, new double[] {2000, 2000, 1e-9, 2000, 2000, 2000}))
        .isLessThan(CRITICAL_5);
  }

  private static void offer(Reservoir reservoir, KeptExample next, int most, long bytes) {
    List<Integer> going = reservoir.making(next, most, bytes);
    if (going != null) {
      going.forEach(reservoir::drop);
      reservoir.keep(reservoir.free(), next, next.offset());
    }
  }

  private static List<Long> held(Reservoir reservoir) {
    return reservoir.matching(kept -> true).stream()
        .map(slot -> reservoir.at(slot).offset())
        .toList();
  }

  private static KeptExample kept(double key, int size, long offset) {
    return new KeptExample(key, size, 0, 1, 0, 0, offset, 0);
  }

  private static KeptExample seeded(long seed, int offset, double weight) {
    double uniform = StableHash.uniform(StableHash.of(seed, StableHash.of(0, offset)));
    return kept(Math.log(uniform) / weight, 1, offset);
  }

  private static double chiSquare(long[] found, double[] expected) {
    double sum = 0;
    for (int i = 0; i < found.length; i++) {
      sum += (found[i] - expected[i]) * (found[i] - expected[i]) / expected[i];
    }
    return sum;
  }
}
