package io.alluvium.trainer.bench.soak;

import io.alluvium.trainer.bench.engine.TrainingWork;
import io.alluvium.trainer.bench.work.BenchOrder;
import io.alluvium.trainer.bench.work.ProcessMemory;
import io.alluvium.trainer.bench.work.Workload;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.model.folder.HfFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Trains for many steps of changing layout, in rounds as the worker does, and looks at resident
 * memory after each. The first tenth of the rounds is the warm-up.
 */
public final class Soak {
  private static final int ROUNDS = 20;
  private static final int WARMUP_ROUNDS = 2;
  private static final int RECORDS_PER_STEP = 4;
  private static final int MAX_TOKENS = 512;

  private final BenchOrder order;
  private final Workload workload;

  /** Trains for as long as the order says. */
  public Soak(BenchOrder order, Workload workload) {
    this.order = order;
    this.workload = workload;
  }

  /** Runs as many steps as the order says. */
  public SoakResult run(HfFolder base) throws IOException {
    int perStep = Math.min(RECORDS_PER_STEP, workload.batch().size());
    EngineOptions options = new EngineOptions(order.threads(), MAX_TOKENS, order.dataType());
    try (Decoder decoder = Decoder.open(base, options);
        TrainingWork work = TrainingWork.shuffled(decoder, workload, perStep, order.recompute())) {
      long begin = System.nanoTime();
      List<SoakResult.Sample> samples = samples(work);
      return new SoakResult(
          workload.name(),
          order.dataType().dataType().name().toLowerCase(Locale.ROOT),
          order.steps(),
          (System.nanoTime() - begin) / 1e9,
          samples,
          SoakResult.drift(samples, WARMUP_ROUNDS));
    }
  }

  private List<SoakResult.Sample> samples(TrainingWork work) {
    List<SoakResult.Sample> samples = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      int done = order.steps() * round / ROUNDS;
      int next = order.steps() * (round + 1) / ROUNDS;
      work.run(next - done);
      samples.add(new SoakResult.Sample(next, ProcessMemory.RESIDENT.bytes()));
      System.err.printf("%d steps: %d bytes resident%n", next, samples.get(round).rssBytes());
    }
    return samples;
  }
}
