package io.alluvium.cli.explain.version;

import io.alluvium.cli.explain.fact.TrainingRecord;
import io.alluvium.schemas.NoveltyClass;
import io.alluvium.schemas.TrainingExample;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a window was mixed of.
 *
 * @param records in the window, refused ones too
 * @param replayed replays among them
 * @param read records that the log still has: sources and labels are counted over these
 * @param weights how they weigh
 * @param counts records by what tells them apart
 */
public record WindowMix(int records, long replayed, int read, Weights weights, Counted counts) {

  /**
   * Weights at a glance; zeros where there is no record.
   *
   * @param zeroShare share of records that weigh nothing
   */
  public record Weights(double least, double median, double most, double zeroShare) {
    static Weights of(List<TrainingRecord> records) {
      double[] sorted = records.stream().mapToDouble(TrainingRecord::weight).sorted().toArray();
      if (sorted.length == 0) {
        return new Weights(0, 0, 0, 0);
      }
      long zeros = Arrays.stream(sorted).filter(weight -> weight == 0).count();
      return new Weights(
          sorted[0], median(sorted), sorted[sorted.length - 1], zeros / (double) sorted.length);
    }

    private static double median(double[] sorted) {
      int half = sorted.length / 2;
      return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
  }

  /**
   * Records by novelty class, by source, and by label.
   *
   * @param labels keys are {@code name=value}
   */
  public record Counted(
      SortedMap<String, Long> novelty,
      SortedMap<String, Long> sources,
      SortedMap<String, Long> labels) {}

  /**
   * The mix of a window.
   *
   * @param records all of them in numbers
   * @param read those that the log still has
   */
  public static WindowMix of(List<TrainingRecord> records, List<TrainingExample> read) {
    SortedMap<String, Long> novelty = new TreeMap<>();
    records.forEach(record -> count(novelty, name(record)));
    SortedMap<String, Long> sources = new TreeMap<>();
    SortedMap<String, Long> labels = new TreeMap<>();
    for (TrainingExample example : read) {
      count(sources, Objects.requireNonNullElse(example.getSource(), "(not said)"));
      example.getLabels().forEach((label, value) -> count(labels, label + "=" + value));
    }
    return new WindowMix(
        records.size(),
        records.stream().filter(TrainingRecord::replayed).count(),
        read.size(),
        Weights.of(records),
        new Counted(novelty, sources, labels));
  }

  private static String name(TrainingRecord record) {
    NoveltyClass novelty = record.novelty();
    return novelty == null ? "not measured" : novelty.name().toLowerCase(Locale.ROOT);
  }

  private static void count(SortedMap<String, Long> counts, String what) {
    counts.merge(what, 1L, Long::sum);
  }
}
