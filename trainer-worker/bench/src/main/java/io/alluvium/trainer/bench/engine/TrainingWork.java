package io.alluvium.trainer.bench.engine;

import io.alluvium.trainer.bench.work.BenchOrder;
import io.alluvium.trainer.bench.work.Workload;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.finetune.FineTuneResult;
import io.alluvium.trainer.finetune.FineTuner;
import io.alluvium.trainer.finetune.anchor.Anchors;
import io.alluvium.trainer.finetune.config.AdapterConfig;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.finetune.config.LoopConfig;
import io.alluvium.trainer.finetune.state.TrainingState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rounds of training on the same batch, LoRA on every linear. */
public final class TrainingWork implements EngineBench.Work {
  /** Rank of the adapters. */
  public static final int RANK = 8;

  private final List<TrainingItem> batch = new ArrayList<>();
  private final FineTuner tuner;
  private final int perStep;
  private TrainingState state;
  private long rounds;

  /**
   * How steps are made.
   *
   * @param perStep records of a step
   * @param recompute whether inner values are computed again on the way back
   * @param methods of the literature by name, with their amounts
   */
  private record Manner(int perStep, boolean recompute, Map<String, Double> methods) {}

  /** Steps of this workload on an open base. */
  public TrainingWork(Decoder decoder, Workload workload, BenchOrder order) {
    this(
        decoder, workload, new Manner(workload.batch().size(), order.recompute(), order.methods()));
  }

  /**
   * Work whose steps take less than the whole batch, shuffled anew each time, so that every step
   * has another layout.
   *
   * @param perStep records of a step
   */
  public static TrainingWork shuffled(
      Decoder decoder, Workload workload, int perStep, boolean recompute) {
    return new TrainingWork(decoder, workload, new Manner(perStep, recompute, Map.of()));
  }

  private TrainingWork(Decoder decoder, Workload workload, Manner manner) {
    for (int n = 0; n < workload.batch().size(); n++) {
      batch.add(new TrainingItem("item-" + n, workload.batch().get(n), 1));
    }
    this.perStep = manner.perStep();
    FineTuneConfig config = config(decoder.config().linears(), manner);
    this.tuner = new FineTuner(decoder, config, Anchors.none());
    this.state = TrainingState.initial(decoder.config(), config.lora(), 1);
  }

  @Override
  public double run(int steps) {
    List<TrainingItem> items = new ArrayList<>();
    for (int n = 0; n < steps * perStep; n++) {
      items.add(batch.get(n % batch.size()));
    }
    FineTuneResult result = tuner.train(state, items, ++rounds);
    if (result instanceof FineTuneResult.Trained trained) {
      state.close();
      state = trained.candidate();
      return trained.meanLoss();
    }
    throw new IllegalStateException("training diverged: " + result);
  }

  @Override
  public void close() {
    state.close();
    tuner.close();
  }

  private static FineTuneConfig config(List<String> targets, Manner manner) {
    return new FineTuneConfig(
        RANK,
        2 * RANK,
        targets,
        AdapterConfig.defaults(),
        1,
        manner.perStep(),
        1e-4,
        0,
        1,
        0,
        1,
        1e6,
        manner.recompute(),
        LoopConfig.defaults(),
        AnchorConfig.none(),
        manner.methods(),
        1);
  }
}
