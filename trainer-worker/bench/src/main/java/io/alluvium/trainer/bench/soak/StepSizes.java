package io.alluvium.trainer.bench.soak;

import io.alluvium.trainer.bench.engine.TrainingWork;
import io.alluvium.trainer.bench.work.BenchOrder;
import io.alluvium.trainer.bench.work.Workload;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.model.folder.HfFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a step costs by the number of its records, and so what several adapters could gain that went
 * through the base in one step: no such step is faster than one of as many records under one
 * adapter.
 */
public final class StepSizes {
  static final List<Integer> RECORDS = List.of(1, 2, 4, 8, 16, 32, 64);
  private static final int TOGETHER = 4;
  private static final int WARM_UP = 5;

  private final BenchOrder order;
  private final Workload workload;

  /** Measures steps of this workload. */
  public StepSizes(BenchOrder order, Workload workload) {
    this.order = order;
    this.workload = workload;
  }

  /**
   * A size of steps.
   *
   * @param records of a step
   * @param seconds of the fastest round's steps, on average
   * @param fourInOne how many times as fast four adapters with so many records each would be in one
   *     step, at most; 0 where four times as many were not measured
   */
  public record Result(int records, double seconds, double fourInOne) {}

  /** Steps of 1 to 64 records, each size measured by itself. */
  public List<Result> run(HfFolder base, int maxTokens) throws IOException {
    EngineOptions options = new EngineOptions(order.threads(), maxTokens, order.dataType());
    try (Decoder decoder = Decoder.open(base, options)) {
      List<Double> seconds = new ArrayList<>();
      for (int records : RECORDS) {
        seconds.add(seconds(decoder, records));
      }
      return results(seconds);
    }
  }

  private double seconds(Decoder decoder, int records) {
    try (TrainingWork work = TrainingWork.shuffled(decoder, workload, records, order.recompute())) {
      work.run(WARM_UP);
      double best = Double.POSITIVE_INFINITY;
      for (int round = 0; round < order.rounds(); round++) {
        long begin = System.nanoTime();
        work.run(order.steps());
        best = Math.min(best, (System.nanoTime() - begin) / 1e9 / order.steps());
      }
      return best;
    }
  }

  /** One for each of {@link #RECORDS}, in their order. */
  static List<Result> results(List<Double> seconds) {
    List<Result> results = new ArrayList<>();
    for (int n = 0; n < seconds.size(); n++) {
      int together = RECORDS.indexOf(TOGETHER * RECORDS.get(n));
      double gain = together < 0 ? 0 : TOGETHER * seconds.get(n) / seconds.get(together);
      results.add(new Result(RECORDS.get(n), seconds.get(n), gain));
    }
    return results;
  }
}
