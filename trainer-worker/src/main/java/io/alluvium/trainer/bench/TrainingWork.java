package io.alluvium.trainer.bench;

import io.alluvium.trainer.base.Decoder;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.finetune.AnchorConfig;
import io.alluvium.trainer.finetune.Anchors;
import io.alluvium.trainer.finetune.FineTuneConfig;
import io.alluvium.trainer.finetune.FineTuneResult;
import io.alluvium.trainer.finetune.FineTuner;
import io.alluvium.trainer.finetune.LoopConfig;
import io.alluvium.trainer.finetune.TrainingState;
import java.util.ArrayList;
import java.util.List;

/** Rounds of training on the same batch, LoRA on every linear. */
final class TrainingWork implements EngineBench.Work {
  /** Rank of the adapters. */
  static final int RANK = 8;

  private final List<TrainingItem> batch = new ArrayList<>();
  private final FineTuner tuner;
  private TrainingState state;

  TrainingWork(Decoder decoder, Workload workload, boolean recompute) {
    for (int n = 0; n < workload.batch().size(); n++) {
      batch.add(new TrainingItem("item-" + n, workload.batch().get(n), 1));
    }
    FineTuneConfig config = config(decoder.config().linears(), batch.size(), recompute);
    this.tuner = new FineTuner(decoder, config, Anchors.none());
    this.state = TrainingState.initial(decoder.config(), config.lora(), 1);
  }

  @Override
  public double run(int steps) {
    List<TrainingItem> items = new ArrayList<>();
    for (int n = 0; n < steps; n++) {
      items.addAll(batch);
    }
    FineTuneResult result = tuner.train(state, items, 1);
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

  private static FineTuneConfig config(List<String> targets, int batch, boolean recompute) {
    return new FineTuneConfig(
        RANK,
        2 * RANK,
        targets,
        1,
        batch,
        1e-4,
        0,
        1,
        0,
        1,
        1e6,
        recompute,
        LoopConfig.defaults(),
        AnchorConfig.none(),
        1);
  }
}
