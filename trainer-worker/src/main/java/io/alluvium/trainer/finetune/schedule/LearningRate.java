package io.alluvium.trainer.finetune.schedule;

/** The learning rate of each step of a window. */
public final class LearningRate {

  /**
   * How the rate goes.
   *
   * @param height of the rate
   * @param warmupSteps steps from an adapter's very first one until that height
   * @param rewarmSteps steps from a window's first one until that height
   * @param decayTo share of it left at a window's last step
   */
  public record Course(double height, int warmupSteps, int rewarmSteps, double decayTo) {}

  private final Course course;
  private final int stepsInWindow;

  /** Rates of a window of so many steps. */
  public LearningRate(Course course, int stepsInWindow) {
    this.course = course;
    this.stepsInWindow = stepsInWindow;
  }

  /**
   * Rises linearly over an adapter's first steps and over a window's first steps, and then falls by
   * half a cosine until the window's end.
   *
   * @param lifetimeStep steps taken before, over all windows
   * @param windowStep steps taken before in this window
   */
  public double at(long lifetimeStep, int windowStep) {
    double risen =
        Math.min(ramp(lifetimeStep, course.warmupSteps()), ramp(windowStep, course.rewarmSteps()));
    return course.height() * risen * decay(windowStep - course.rewarmSteps());
  }

  private static double ramp(long step, int steps) {
    return Math.min(1, (step + 1.0) / (steps + 1.0));
  }

  private double decay(int step) {
    double last = stepsInWindow - course.rewarmSteps() - 1.0;
    double done = Math.min(1, Math.max(0, step) / Math.max(1.0, last));
    return course.decayTo() + (1 - course.decayTo()) * 0.5 * (1 + Math.cos(Math.PI * done));
  }
}
