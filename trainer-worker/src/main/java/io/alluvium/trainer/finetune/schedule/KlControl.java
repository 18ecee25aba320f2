package io.alluvium.trainer.finetune.schedule;

/**
 * Holds the KL on anchors at a budget: a factor of their coefficient rises while the KL is above,
 * and falls while it is below, in proportion to the error. The adaptive controller of Ziegler et
 * al. 2019 (arXiv 1909.08593, section 2.2) with longer steps, since a window has some thirty.
 */
public final class KlControl {
  private static final double GAIN = 0.2;

  /** Error at which it goes no faster. */
  private static final double MOST = 1;

  private static final double WIDEST = 1e3;

  private final double budget;
  private double factor = 1;

  /**
   * A control that has seen no step.
   *
   * @param budget nats per position; 0 for a factor that stays 1
   */
  public KlControl(double budget) {
    this.budget = budget;
  }

  /** What the coefficient is multiplied by in the next step; from 0.001 to 1000. */
  public double factor() {
    return factor;
  }

  /**
   * Learns of a step.
   *
   * @param kl mean over its anchors, nats per position
   */
  public void took(double kl) {
    if (budget > 0) {
      double error = Math.max(-MOST, Math.min(MOST, kl / budget - 1));
      factor = Math.max(1 / WIDEST, Math.min(WIDEST, factor * Math.exp(GAIN * error)));
    }
  }
}
