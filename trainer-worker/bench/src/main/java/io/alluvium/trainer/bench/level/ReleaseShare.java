package io.alluvium.trainer.bench.level;

import io.alluvium.trainer.gate.GainBound;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.LongStream;

/**
 * How often a bound lies above zero.
 *
 * @param bound at its confidence
 * @param draws how many samples, at least 1
 * @param seed equal seeds give equal shares
 */
public record ReleaseShare(GainBound bound, int draws, long seed) {

  /**
   * Share of samples whose gain would be released.
   *
   * @param examples in a sample
   * @param sample gives a sample of so many
   */
  public double of(int examples, BiFunction<Integer, Random, double[]> sample) {
    return LongStream.range(0, draws)
            .parallel()
            // Samples have their own generators, so that threads do not change what is drawn.
            .filter(draw -> bound.lowerBound(sample.apply(examples, random(examples, draw))) > 0)
            .count()
        / (double) draws;
  }

  private Random random(int examples, long draw) {
    // Neighbouring seeds of Random begin alike; the constant is that of SplitMix64.
    return new Random((seed * 1_000_003 + examples * 7919L + draw) * 0x9E3779B97F4A7C15L);
  }
}
