package io.alluvium.trainer.bench.soak;

import java.util.List;

/**
 * Memory over many steps; field names are those of the JSON.
 *
 * @param configuration name of the workload
 * @param dataType of the frozen weights
 * @param steps in all
 * @param seconds in all
 * @param samples resident memory over the steps
 * @param driftShare farthest that a sample after the warm-up lies from the first such, as a share
 *     of it; negative where memory fell
 */
public record SoakResult(
    String configuration,
    String dataType,
    int steps,
    double seconds,
    List<Sample> samples,
    double driftShare) {

  /**
   * One look.
   *
   * @param step how many were done
   * @param rssBytes resident memory then
   */
  public record Sample(int step, long rssBytes) {}

  /** The drift of samples of which the first ones are the warm-up. */
  public static double drift(List<Sample> samples, int warmup) {
    double first = samples.get(warmup).rssBytes();
    double farthest = 0;
    for (Sample sample : samples.subList(warmup, samples.size())) {
      double share = (sample.rssBytes() - first) / first;
      farthest = Math.abs(share) > Math.abs(farthest) ? share : farthest;
    }
    return farthest;
  }
}
