package io.alluvium.streams.admit;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Limits of admission.
 *
 * @param maxCharacters longest text of an example over all its parts, in Unicode code points
 * @param maxIdCharacters longest id, in code points
 * @param maxLabelCharacters longest sum of label names and values, source and subject, in code
 *     points
 * @param maxClockAhead how far in the future event time and record timestamp may lie
 * @param adapterPattern regular expression of permitted adapter ids; they name folders and metrics
 *     later
 */
public record AdmitConfig(
    int maxCharacters,
    int maxIdCharacters,
    int maxLabelCharacters,
    Duration maxClockAhead,
    String adapterPattern) {

  /** Checks every limit. */
  public AdmitConfig {
    atLeastOne("maxCharacters", maxCharacters);
    atLeastOne("maxIdCharacters", maxIdCharacters);
    atLeastOne("maxLabelCharacters", maxLabelCharacters);
    if (maxClockAhead.isNegative()) {
      throw new IllegalArgumentException(
          "admit.maxClockAhead is " + maxClockAhead + ", must not be negative");
    }
    Pattern.compile(adapterPattern);
  }

  private static void atLeastOne(String key, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "admit.%s is %d, must be at least 1".formatted(key, value));
    }
  }
}
