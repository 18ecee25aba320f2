package io.alluvium.trainer.gate;

import java.util.Arrays;
import java.util.Random;

/**
 * Lower confidence bound of a mean paired difference by the percentile bootstrap (Efron, "Bootstrap
 * methods: another look at the jackknife", Annals of Statistics 7, 1979): examples are drawn with
 * replacement, each keeps its own before and after, and the bound is a quantile of the means.
 *
 * @param confidence one-sided, above 0.5 and below 1
 * @param resamples how many times the set is drawn, at least 1
 */
record PairedBootstrap(double confidence, int resamples) {

  /**
   * The value that the mean exceeds with the confidence. The same differences and seed give the
   * same bound. With one difference the bound is that difference.
   *
   * @param differences per example, at least one
   */
  double lowerBound(double[] differences, long seed) {
    Random random = new Random(seed);
    double[] means = new double[resamples];
    Arrays.setAll(means, resample -> resampledMean(differences, random));
    Arrays.sort(means);
    return means[(int) Math.floor((1 - confidence) * resamples)];
  }

  private static double resampledMean(double[] differences, Random random) {
    double sum = 0;
    for (int draw = 0; draw < differences.length; draw++) {
      sum += differences[random.nextInt(differences.length)];
    }
    return sum / differences.length;
  }
}
