package io.alluvium.trainer.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PairedBootstrapPropertyTest {

  /** The oracle enumerates every possible resample of up to five differences. */
  @Property(tries = 60)
  void agreesWithTheExactDistributionOfResamples(
      @ForAll @IntRange(min = 1, max = 5) int examples, @ForAll long seed) {
    double[] differences = new Random(seed).doubles(examples, -1, 1).toArray();
    List<Double> exact = new ArrayList<>();
    enumerate(differences, 0, 0, exact);
    Collections.sort(exact);

    double bound = new PairedBootstrap(0.95, 20_000).lowerBound(differences, seed);

    // The drawn quantile lies between the exact ones a little to either side.
    assertThat(bound)
        .isBetween(quantile(exact, 0.05 - 0.01) - 1e-9, quantile(exact, 0.05 + 0.01) + 1e-9);
  }

  @Property
  void liesBetweenTheSmallestDifferenceAndTheMean(
      @ForAll @IntRange(min = 1, max = 60) int examples, @ForAll long seed) {
    double[] differences = new Random(seed).doubles(examples, -3, 3).toArray();
    double bound = new PairedBootstrap(0.95, 500).lowerBound(differences, seed);
    double smallest =
        IntStream.range(0, examples).mapToDouble(i -> differences[i]).min().orElseThrow();
    double mean =
        IntStream.range(0, examples).mapToDouble(i -> differences[i]).average().orElseThrow();
    assertThat(bound).isBetween(smallest - 1e-9, mean + 1e-9);
  }

  @Property
  void shiftsWithItsDifferences(
      @ForAll @IntRange(min = 1, max = 30) int examples, @ForAll long seed) {
    double[] differences = new Random(seed).doubles(examples, -1, 1).toArray();
    double[] shifted = IntStream.range(0, examples).mapToDouble(i -> differences[i] + 2).toArray();
    PairedBootstrap bootstrap = new PairedBootstrap(0.9, 300);
    assertThat(bootstrap.lowerBound(shifted, seed))
        .isCloseTo(bootstrap.lowerBound(differences, seed) + 2, within(1e-9));
  }

  /**
   * Null candidates, the test of the acceptance loop: noise is let through about once in twenty.
   */
  @Property(tries = 1)
  void noiseRarelyPasses() {
    Random random = new Random(7);
    PairedBootstrap bootstrap = new PairedBootstrap(0.95, 400);
    long passed =
        IntStream.range(0, 2000)
            .filter(n -> bootstrap.lowerBound(gaussians(random, 25), n) > 0)
            .count();
    assertThat(passed).isBetween(60L, 180L);
  }

  private static double[] gaussians(Random random, int count) {
    return IntStream.range(0, count).mapToDouble(n -> random.nextGaussian()).toArray();
  }

  private static void enumerate(double[] differences, int drawn, double sum, List<Double> means) {
    if (drawn == differences.length) {
      means.add(sum / drawn);
      return;
    }
    for (double difference : differences) {
      enumerate(differences, drawn + 1, sum + difference, means);
    }
  }

  private static double quantile(List<Double> sorted, double share) {
    return sorted.get((int) Math.floor(share * sorted.size()));
  }
}
