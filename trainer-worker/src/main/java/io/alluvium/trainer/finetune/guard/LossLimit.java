package io.alluvium.trainer.finetune.guard;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;

/**
 * The loss above which a step is not taken: median + deviations · max(1.4826 · MAD, median / 10) of
 * the last steps' losses, where MAD is the median distance from the median. Robust, so that a spike
 * that slipped through does not raise it; a tenth of the median at least, so that steady losses do
 * not make it narrow; and never below the loss of guessing, so that what is merely new to the model
 * is no spike. While only a few steps are known it is a multiple of guessing.
 */
public final class LossLimit {
  private static final int FEWEST = 8;
  private static final int LATEST = 64;
  private static final double NORMAL_DEVIATIONS_PER_MAD = 1.4826;
  private static final double LEAST_DEVIATION = 0.1;

  private final double deviations;
  private final double guessing;
  private final double factor;
  private final Deque<Double> losses = new ArrayDeque<>();

  /**
   * A limit that knows no step yet.
   *
   * @param deviations how many robust deviations above the median are a spike
   * @param guessing the weighted loss of guessing, nats per response token
   * @param factor how many times that is the limit of the first steps
   */
  public LossLimit(double deviations, double guessing, double factor) {
    this.deviations = deviations;
    this.guessing = guessing;
    this.factor = factor;
  }

  /** Takes the loss of a step that was taken. */
  public void take(double loss) {
    losses.addLast(loss);
    if (losses.size() > LATEST) {
      losses.removeFirst();
    }
  }

  /** The limit of the next step, in the losses' unit. */
  public double value() {
    if (losses.size() < FEWEST) {
      return factor * guessing;
    }
    double median = median();
    double spread = Math.max(deviation(median), LEAST_DEVIATION * median);
    return Math.max(guessing, median + deviations * spread);
  }

  @Override
  public String toString() {
    return losses.size() < FEWEST
        ? String.format(Locale.ROOT, "%.3g at a round's beginning", value())
        : String.format(
            Locale.ROOT, "%.3g, median %.3g of %d steps", value(), median(), losses.size());
  }

  private double median() {
    return median(losses.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private double deviation(double median) {
    return NORMAL_DEVIATIONS_PER_MAD
        * median(losses.stream().mapToDouble(loss -> Math.abs(loss - median)).toArray());
  }

  /** The middle one, or the mean of the middle two; of none 0. */
  public static double median(double[] values) {
    if (values.length == 0) {
      return 0;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
