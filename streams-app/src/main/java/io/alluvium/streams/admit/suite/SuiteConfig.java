package io.alluvium.streams.admit.suite;

/**
 * When an example counts as a leak of a suite's item.
 *
 * @param share of the item's word runs that the example must hold; over 1 switches the rule off
 */
public record SuiteConfig(double share) {
  /** Checks the share. */
  public SuiteConfig {
    if (!(share > 0)) {
      throw new IllegalArgumentException(
          "admit.suites.share is %s, must be greater than 0".formatted(share));
    }
  }
}
