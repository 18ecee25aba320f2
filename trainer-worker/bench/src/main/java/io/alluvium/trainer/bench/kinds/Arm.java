package io.alluvium.trainer.bench.kinds;

import io.alluvium.trainer.finetune.config.AdapterConfig;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.finetune.config.LoopConfig;
import io.alluvium.trainer.finetune.config.Regrowth;
import io.alluvium.trainer.model.config.DecoderConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One side of the comparison: adapters on every linear, all with a scale of 2.
 *
 * @param name of the kind
 * @param rank of LoRA with as many trained numbers
 * @param adapter how they are parametrised
 */
record Arm(String name, int rank, AdapterConfig adapter) {
  private static final int BATCH = 16;
  private static final int EPOCHS = 3;
  private static final int WARMUP_STEPS = 8;

  /** A kind of one rank everywhere. */
  static Arm of(String kind, int rank) {
    return new Arm(kind, rank, adapter(kind, 1, Map.of(), Map.of()));
  }

  /** B alone, of the rank at which it has as many numbers as LoRA has in A and B. */
  static Arm bOnly(int rank, DecoderConfig base) {
    Map<String, Integer> ranks = new LinkedHashMap<>();
    Map<String, Double> alphas = new LinkedHashMap<>();
    for (String linear : base.linears()) {
      int outputs = base.outputs(linear);
      int own = Math.round(rank * (float) (base.inputs(linear) + outputs) / outputs);
      ranks.put(linear, own);
      alphas.put(linear, 2.0 * own);
    }
    return new Arm("b-only", rank, adapter("b-only", 1, ranks, alphas));
  }

  FineTuneConfig config(DecoderConfig base, double learningRate) {
    return new FineTuneConfig(
        rank,
        2.0 * rank,
        base.linears(),
        adapter,
        EPOCHS,
        BATCH,
        learningRate,
        WARMUP_STEPS,
        0.05,
        0,
        1,
        1e6,
        /* gradientCheckpointing= */ false,
        LoopConfig.defaults(),
        AnchorConfig.none(),
        Map.of(),
        1);
  }

  /** EVA with the rank where the window wants it, up to twice as much for a linear. */
  static Arm redistributed(int rank) {
    return new Arm("eva", rank, adapter("eva", 2, Map.of(), Map.of()));
  }

  private static AdapterConfig adapter(
      String kind, double rho, Map<String, Integer> ranks, Map<String, Double> alphas) {
    return new AdapterConfig(
        kind, 1, 4, rho, Regrowth.defaults(), ranks, alphas, List.of(), null, List.of());
  }
}
