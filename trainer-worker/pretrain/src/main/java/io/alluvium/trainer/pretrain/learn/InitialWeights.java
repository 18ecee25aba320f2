package io.alluvium.trainer.pretrain.learn;

import io.alluvium.trainer.model.config.DecoderConfig;
import io.alluvium.trainer.model.folder.WeightSlot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Weights before the first step: norms one, embedding small, linears by the inverse root of their
 * inputs, and those that write into the residual stream smaller still by the root of the number of
 * writers (Radford et al. 2019, GPT-2).
 */
final class InitialWeights {
  private static final double EMBEDDING_SCALE = 0.05;

  private InitialWeights() {}

  /** Values per slot, in the order of {@link WeightSlot#all}; the same for the same seed. */
  static List<float[]> draw(DecoderConfig config, long seed) {
    Random random = new Random(seed);
    List<float[]> weights = new ArrayList<>();
    for (WeightSlot slot : WeightSlot.all(config)) {
      weights.add(draw(slot, config.layers(), random));
    }
    return weights;
  }

  private static float[] draw(WeightSlot slot, int layers, Random random) {
    float[] values = new float[elements(slot)];
    if (slot.shape().size() == 1) {
      Arrays.fill(values, 1);
      return values;
    }
    double scale = scale(slot, layers);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * scale);
    }
    return values;
  }

  private static double scale(WeightSlot slot, int layers) {
    if (slot.name().contains("embed")) {
      return EMBEDDING_SCALE;
    }
    double scale = 1 / Math.sqrt(slot.shape().get(1));
    boolean writesResidual = slot.name().contains("o_proj") || slot.name().contains("down_proj");
    return writesResidual ? scale / Math.sqrt(2.0 * layers) : scale;
  }

  private static int elements(WeightSlot slot) {
    return Math.toIntExact(
        slot.shape().stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b));
  }
}
