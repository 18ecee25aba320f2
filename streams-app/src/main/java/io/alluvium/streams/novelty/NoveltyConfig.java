package io.alluvium.streams.novelty;

/**
 * How novelty is measured and judged.
 *
 * @param halfLifeExamples examples of an adapter after which what was usual counts half
 * @param newBelow p-value of the text (words or embedding, the smaller one, doubled) up to which an
 *     example is new
 * @param hardBelow p-value of the loss up to which an example is hard where little is known of its
 *     place
 * @param hardExcess robust deviations above its neighbours' loss from which an example is noise
 * @param learnableDrop share of the base loss that the adapter must have taken away for an example
 *     to count as learnable
 * @param company recent examples in the same new place that make a new one credible
 * @param driftShare share of new examples that a drift is looked for with
 * @param driftThreshold evidence at which there is one, nats
 */
public record NoveltyConfig(
    int halfLifeExamples,
    double newBelow,
    double hardBelow,
    double hardExcess,
    double learnableDrop,
    int company,
    double driftShare,
    double driftThreshold) {

  /** Checks every number. */
  public NoveltyConfig {
    require(halfLifeExamples >= 1, "halfLifeExamples", halfLifeExamples, "must be at least 1");
    require(isShare(newBelow), "newBelow", newBelow, "must be 0 to 1");
    require(isShare(hardBelow), "hardBelow", hardBelow, "must be 0 to 1");
    require(hardExcess > 0, "hardExcess", hardExcess, "must be greater than 0");
    require(isShare(learnableDrop), "learnableDrop", learnableDrop, "must be 0 to 1");
    require(company >= 1, "company", company, "must be at least 1");
    require(driftShare > 0 && driftShare < 1, "driftShare", driftShare, "must be between 0 and 1");
    require(driftThreshold > 0, "driftThreshold", driftThreshold, "must be greater than 0");
  }

  private static boolean isShare(double value) {
    return value >= 0 && value <= 1;
  }

  private static void require(boolean holds, String key, Number value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("novelty.%s is %s, %s".formatted(key, value, rule));
    }
  }
}
