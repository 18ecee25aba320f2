package io.alluvium.trainer.claim.window;

import java.time.Duration;

/**
 * When a window is full; the first limit reached cuts it.
 *
 * @param examples records, at least 1
 * @param tokens prompt and response tokens as stamped on the records, at least 1
 * @param age time since the first buffered record arrived, more than zero
 */
public record WindowLimits(int examples, int tokens, Duration age) {

  /** Checks each limit. */
  public WindowLimits {
    atLeastOne("examples", examples);
    atLeastOne("tokens", tokens);
    if (age.isNegative() || age.isZero()) {
      throw new IllegalArgumentException("window.age is " + age + ", must be more than zero");
    }
  }

  private static void atLeastOne(String key, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("window." + key + " is " + value + ", must be at least 1");
    }
  }
}
