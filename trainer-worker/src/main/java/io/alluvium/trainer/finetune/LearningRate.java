package io.alluvium.trainer.finetune;

/** The learning rate of a step. Pure. */
final class LearningRate {
  private final FineTuneConfig config;
  private final int stepsInWindow;

  LearningRate(FineTuneConfig config, int stepsInWindow) {
    this.config = config;
    this.stepsInWindow = stepsInWindow;
  }

  /**
   * Rises linearly over an adapter's first steps, and falls by half a cosine within each window.
   *
   * @param lifetimeStep steps taken before, over all windows
   * @param windowStep steps taken before in this window
   */
  double at(long lifetimeStep, int windowStep) {
    return config.learningRate() * warmup(lifetimeStep) * decay(windowStep);
  }

  private double warmup(long lifetimeStep) {
    return Math.min(1, (lifetimeStep + 1.0) / (config.warmupSteps() + 1.0));
  }

  private double decay(int windowStep) {
    double done = windowStep / Math.max(1.0, stepsInWindow - 1.0);
    return config.decayTo() + (1 - config.decayTo()) * 0.5 * (1 + Math.cos(Math.PI * done));
  }
}
