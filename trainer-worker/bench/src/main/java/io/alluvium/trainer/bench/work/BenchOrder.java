package io.alluvium.trainer.bench.work;

import io.alluvium.trainer.decoder.options.Precision;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one process is to measure.
 *
 * @param kind of work
 * @param configuration name of a {@link Workload}
 * @param dataType of the frozen weights
 * @param recompute whether inner values are computed again on the way back
 * @param methods of the literature that steps are made with, by name, with their amounts
 * @param threads of one tensor operation
 * @param rounds measured rounds, of which the median counts
 * @param steps steps, or scoring calls, per round
 * @param shipped folder of the shipped base
 * @param workDir where random bases are written and kept
 * @param profile where the trace of one step goes; null for none
 */
public record BenchOrder(
    Kind kind,
    String configuration,
    Precision dataType,
    boolean recompute,
    Map<String, Double> methods,
    int threads,
    int rounds,
    int steps,
    Path shipped,
    Path workDir,
    @Nullable Path profile) {

  /** What is measured. */
  public enum Kind {
    /** Steps of a round. */
    TRAINER,
    /** Scoring passes under the base. */
    SCORER
  }

  /** Checks the numbers. */
  public BenchOrder {
    require(threads >= 1, "threads", threads);
    require(rounds >= 1, "rounds", rounds);
    require(steps >= 1, "steps", steps);
    if (!configuration.equals("shipped") && !Workload.RANDOM.contains(configuration)) {
      throw new IllegalArgumentException(
          "configuration '" + configuration + "', want shipped or one of " + Workload.RANDOM);
    }
  }

  /** The base folder it measures. */
  public Path folder() {
    if (!Workload.RANDOM.contains(configuration)) {
      return shipped;
    }
    String type = dataType.dataType().name().toLowerCase(Locale.ROOT);
    return workDir.resolve(configuration + "-" + type);
  }

  /** JSON of the batch, for other programs that run the same: [{ids, supervised}]. */
  public Path batch() {
    return workDir.resolve(configuration + "-batch.json");
  }

  private static void require(boolean holds, String name, int value) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + ", want 1 or more");
    }
  }
}
