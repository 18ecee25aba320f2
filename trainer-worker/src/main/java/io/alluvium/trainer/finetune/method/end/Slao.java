package io.alluvium.trainer.finetune.method.end;

import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.adapter.LoraWeights.Slot;
import io.alluvium.trainer.finetune.method.EndMethod;
import io.alluvium.trainer.finetune.method.Method;
import io.alluvium.trainer.finetune.state.TrainingState;
import java.util.ArrayList;
import java.util.List;

/**
 * Merging with time (SLAO, arXiv 2512.23017), as far as it goes within one adapter: what is
 * published has the last A, and a B that has come 1/√n of the way to the n-th round's. The paper
 * also begins each task from the QR factor of the last A; here A and its moments go on, since a
 * window is no task.
 *
 * @param amount 1
 */
public record Slao(double amount) implements EndMethod {
  /** Its name in configurations. */
  public static final String NAME = "slao";

  /** Checks the amount. */
  public Slao {
    Method.check(
        amount == 1, NAME, amount, "1: its share of the way follows from the number of rounds");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public TrainingState end(TrainingState parent, TrainingState last, List<float[]> mean) {
    if (parent.step() == 0) {
      return last.with(last.adapter().copy());
    }
    double rounds = (double) last.step() / (last.step() - parent.step());
    List<Slot> slots = last.adapter().slots();
    List<float[]> values = new ArrayList<>();
    for (int n = 0; n < slots.size(); n++) {
      float[] learned = last.adapter().tensors().tensors().get(n).floats();
      float[] served = parent.adapter().tensors().tensors().get(n).floats();
      values.add(
          slots.get(n).part().name().equals("B")
              ? between(served, learned, 1 / Math.sqrt(rounds))
              : learned);
    }
    return last.serving(LoraWeights.of(last.adapter().base(), last.adapter().spec(), values));
  }

  private static float[] between(float[] from, float[] to, double share) {
    float[] between = new float[from.length];
    for (int n = 0; n < between.length; n++) {
      between[n] = (float) (from[n] + share * (to[n] - from[n]));
    }
    return between;
  }
}
