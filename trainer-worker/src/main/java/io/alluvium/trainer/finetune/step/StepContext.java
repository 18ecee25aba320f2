package io.alluvium.trainer.finetune.step;

/**
 * Where in training a step stands.
 *
 * @param number 1 for the adapter's first step ever
 * @param learningRate of this step
 * @param lossLimit a weighted loss above this changes nothing
 * @param seed of what is dropped
 * @param hold factor of the anchors' coefficient
 */
public record StepContext(
    long number, double learningRate, double lossLimit, long seed, double hold) {

  /** A step that is taken whatever its loss. */
  public StepContext(long number, double learningRate) {
    this(number, learningRate, Double.POSITIVE_INFINITY, 0, 1);
  }

  /** The same place, to measure only. */
  public StepContext measuring() {
    return new StepContext(number, learningRate, Double.NEGATIVE_INFINITY, seed, hold);
  }
}
