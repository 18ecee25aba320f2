package io.alluvium.trainer.finetune.ending;

import ai.djl.pytorch.jni.NativeTensor;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.finetune.method.EndMethod;
import io.alluvium.trainer.finetune.state.TrainingState;
import java.util.ArrayList;
import java.util.List;

/** Looks at a round's last states and makes its candidate of them. */
public final class Ending {
  private final List<EndMethod> methods;
  private final int from;
  private final List<double[]> sums = new ArrayList<>();
  private int seen;

  /**
   * The end of a round of so many steps.
   *
   * @param methods none for a candidate that is the last state
   */
  public Ending(List<EndMethod> methods, int steps) {
    this.methods = methods;
    double tail = methods.stream().mapToDouble(EndMethod::tail).max().orElse(0);
    this.from = steps - (int) Math.ceil(tail * steps);
  }

  /**
   * Says that a step was taken.
   *
   * @param windowStep its number in the round, from 0
   * @param adapter as it is now
   */
  public void took(int windowStep, LoraWeights adapter) {
    if (windowStep >= from) {
      List<NativeTensor> tensors = adapter.tensors().tensors();
      for (int n = 0; n < tensors.size(); n++) {
        add(n, tensors.get(n).floats());
      }
      seen++;
    }
  }

  /**
   * The candidate: the last state itself where there is no method, and otherwise a new one, for
   * which the last is closed.
   */
  public TrainingState candidate(TrainingState parent, TrainingState last) {
    TrainingState made = last;
    for (EndMethod method : methods) {
      try (TrainingState before = made) {
        made = method.end(parent, before, mean(before.adapter()));
      }
    }
    return made;
  }

  private void add(int tensor, float[] values) {
    if (tensor == sums.size()) {
      sums.add(new double[values.length]);
    }
    for (int n = 0; n < values.length; n++) {
      sums.get(tensor)[n] += values[n];
    }
  }

  private List<float[]> mean(LoraWeights last) {
    return seen == 0
        ? last.tensors().tensors().stream().map(NativeTensor::floats).toList()
        : sums.stream().map(this::divided).toList();
  }

  private float[] divided(double[] sum) {
    float[] mean = new float[sum.length];
    for (int n = 0; n < mean.length; n++) {
      mean[n] = (float) (sum[n] / seen);
    }
    return mean;
  }
}
