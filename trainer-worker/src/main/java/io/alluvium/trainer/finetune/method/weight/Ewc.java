package io.alluvium.trainer.finetune.method.weight;

import ai.djl.pytorch.jni.NativeTensor;
import io.alluvium.trainer.finetune.method.Method;
import io.alluvium.trainer.finetune.method.WeightMethod;
import io.alluvium.trainer.finetune.state.TrainingState;
import java.util.List;

/**
 * Elastic weight consolidation (Kirkpatrick et al. 2017, arXiv 1612.00796), online and diagonal: as
 * {@link L2}, but each value is held as firmly as the Fisher information of what was learned says.
 * That is read from AdamW's second moments, a running mean of squared gradients that every version
 * keeps anyway (as in Fishers for Free, Li et al. 2025, arXiv 2507.18807), divided by its mean over
 * all values, so that the amount is comparable with that of {@link L2}. A fresh adapter is not
 * held.
 *
 * @param amount mean of what the ways are multiplied by
 */
public record Ewc(double amount) implements WeightMethod {
  /** Its name in configurations. */
  public static final String NAME = "ewc";

  /** Checks the amount. */
  public Ewc {
    Method.check(amount > 0, NAME, amount, "above 0");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Restraint> restraints(TrainingState parent, long seed) {
    List<float[]> fisher =
        parent.secondMoments().tensors().stream().map(NativeTensor::floats).toList();
    double mean = mean(fisher);
    return fisher.stream().map(values -> new Restraint(Part.LEARNS, scaled(values, mean))).toList();
  }

  private float[] scaled(float[] values, double mean) {
    double factor = mean > 0 ? amount / mean : 0;
    float[] scaled = new float[values.length];
    for (int n = 0; n < scaled.length; n++) {
      scaled[n] = (float) (values[n] * factor);
    }
    return scaled;
  }

  private static double mean(List<float[]> tensors) {
    double sum = 0;
    long count = 0;
    for (float[] values : tensors) {
      for (float value : values) {
        sum += value;
      }
      count += values.length;
    }
    return sum / Math.max(1, count);
  }
}
