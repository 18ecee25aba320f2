package io.alluvium.trainer.finetune;

import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.finetune.FineTuneResult.Diverged;
import io.alluvium.trainer.finetune.step.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says when a round's loss has run away, and on whose account. Pure. */
final class DivergenceGuard {
  private final double factor;
  private double normal;
  private boolean begun;

  /**
   * @param factor how many times the normal loss counts as exploded
   * @param vocabulary number of token ids; guessing among them is the least normal loss
   */
  DivergenceGuard(double factor, int vocabulary) {
    this.factor = factor;
    this.normal = Math.log(vocabulary);
  }

  /** Judges a step; null when all is well. */
  @Nullable Diverged judge(List<TrainingItem> batch, Step.Report report, int windowStep) {
    double mean = mean(report.losses());
    if (!Double.isFinite(mean) || !Float.isFinite(report.loss()) || !Float.isFinite(report.kl())) {
      return diverged("loss is not finite", batch, report, windowStep);
    }
    if (!Float.isFinite(report.norm())) {
      return diverged("gradient is not finite", batch, report, windowStep);
    }
    if (begun && mean > factor * normal) {
      return diverged(
          "loss %.3g exploded, normal is up to %.3g".formatted(mean, normal),
          batch,
          report,
          windowStep);
    }
    begin(mean);
    return null;
  }

  private void begin(double mean) {
    if (!begun) {
      normal = Math.max(normal, mean);
      begun = true;
    }
  }

  /** A round that ends with this step. */
  Diverged diverged(String what, List<TrainingItem> batch, Step.Report report, int windowStep) {
    List<String> suspects = new ArrayList<>();
    for (int n = 0; n < batch.size(); n++) {
      float own = report.losses()[n];
      if (!Float.isFinite(own * batch.get(n).weight()) || own > factor * normal) {
        suspects.add(batch.get(n).id());
      }
    }
    List<String> whole = batch.stream().map(TrainingItem::id).toList();
    return new Diverged(
        what + " at step " + (windowStep + 1) + " of the window",
        suspects.isEmpty() ? whole : List.copyOf(suspects));
  }

  private static double mean(float[] losses) {
    double sum = 0;
    for (float loss : losses) {
      sum += loss;
    }
    return sum / losses.length;
  }
}
