package io.alluvium.trainer.claim.queue;

import java.time.Duration;

/**
 * When an adapter's window is cut.
 *
 * @param examples records that make a window full, at least 1
 * @param tokens prompt and response tokens as stamped on the records that make it full, at least 1
 * @param age time since the log took its oldest record after which a window is cut that is not
 *     full, if it holds enough to train and to judge; more than zero
 * @param training records to train on that are enough for such a window, at least 1
 * @param longest bounds of waiting
 */
public record WindowLimits(int examples, int tokens, Duration age, int training, Longest longest) {

  /**
   * After what a window is cut with whatever it holds.
   *
   * @param age since the log took its oldest record, more than zero
   * @param behind offsets that the partition was read beyond its oldest record, at least 1
   */
  public record Longest(Duration age, long behind) {
    /** Checks both bounds. */
    public Longest {
      positive("longest.age", age);
      atLeastOne("longest.behind", behind);
    }
  }

  /** Checks each limit. */
  public WindowLimits {
    atLeastOne("examples", examples);
    atLeastOne("tokens", tokens);
    atLeastOne("training", training);
    positive("age", age);
    if (longest.age().compareTo(age) < 0) {
      throw new IllegalArgumentException(
          "window.longest.age is %s, must be at least window.age, which is %s"
              .formatted(longest.age(), age));
    }
  }

  private static void atLeastOne(String key, long value) {
    if (value < 1) {
      throw new IllegalArgumentException("window." + key + " is " + value + ", must be at least 1");
    }
  }

  private static void positive(String key, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(
          "window." + key + " is " + value + ", must be more than zero");
    }
  }
}
