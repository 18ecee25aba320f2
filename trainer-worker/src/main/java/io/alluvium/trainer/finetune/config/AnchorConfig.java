package io.alluvium.trainer.finetune.config;

import org.jspecify.annotations.Nullable;

/**
 * General text that a round keeps the adapter's predictions on close to the base's.
 *
 * @param file JSONL of anchors; null lets the base generate them
 * @param generate how many the base generates; 0 for none
 * @param maxTokens longest anchor, tokens
 * @param perBatch most anchors beside each training batch; 0 for none
 * @param tokenRatio most tokens of anchors for each token of a full training batch; one anchor is
 *     taken in any case
 * @param keepBytes memory for what the base makes of anchors; what finds no room is computed again
 *     in each step, with the same result
 * @param coefficient factor of KL(base ‖ adapter)
 * @param klBudget mean KL on anchors, nats per position, at which training holds by raising and
 *     lowering that factor from step to step; 0 leaves it as it is
 * @param champion texts that an adapter that has learned generates itself before each round, on
 *     which it is held to what it was then, as many beside each batch as of the base's; 0 for none
 * @param fresh texts that the base generates anew for each round, in the place of those above; 0
 *     for none
 * @param hard share of a step's anchors that are drawn in proportion to their last KL in the round;
 *     the others come in turn
 */
public record AnchorConfig(
    @Nullable String file,
    int generate,
    int maxTokens,
    int perBatch,
    double tokenRatio,
    long keepBytes,
    double coefficient,
    double klBudget,
    int champion,
    int fresh,
    double hard) {
  private static final double TOKEN_RATIO = 2;
  private static final long KEEP_BYTES = 256L << 20;

  /** Checks every value; the message names it. */
  public AnchorConfig {
    Check.that(generate >= 0, "finetune.anchors.generate", generate, "0 or more");
    Check.that(maxTokens >= 2, "finetune.anchors.maxTokens", maxTokens, "2 or more");
    Check.that(perBatch >= 0, "finetune.anchors.perBatch", perBatch, "0 or more");
    Check.that(tokenRatio > 0, "finetune.anchors.tokenRatio", tokenRatio, "above 0");
    Check.that(keepBytes >= 0, "finetune.anchors.keepBytes", keepBytes, "0 or more");
    Check.that(coefficient >= 0, "finetune.anchors.coefficient", coefficient, "0 or more");
    Check.that(klBudget >= 0, "finetune.anchors.klBudget", klBudget, "0 or more");
    Check.that(
        champion == 0 || (champion > 0 && perBatch > 0),
        "finetune.anchors.champion",
        champion,
        "0, or more beside finetune.anchors.perBatch above 0");
    Check.that(
        fresh == 0 || (fresh > 0 && perBatch > 0),
        "finetune.anchors.fresh",
        fresh,
        "0, or more beside finetune.anchors.perBatch above 0");
    Check.that(hard >= 0 && hard < 1, "finetune.anchors.hard", hard, "0 or more and below 1");
    Check.that(
        klBudget == 0 || coefficient > 0,
        "finetune.anchors.coefficient",
        coefficient,
        "above 0, from which finetune.anchors.klBudget goes on");
  }

  /** With the default share of a step's tokens and memory, and no budget. */
  public AnchorConfig(
      @Nullable String file, int generate, int maxTokens, int perBatch, double coefficient) {
    this(file, generate, maxTokens, perBatch, TOKEN_RATIO, KEEP_BYTES, coefficient, 0, 0, 0, 0);
  }

  /**
   * Anchors of the base's own, held as firmly as lets an adapter learn at no loss of the base on
   * sequences of real domains; what a skill loses all the same the gate pulls back.
   */
  public static AnchorConfig defaults() {
    return new AnchorConfig(null, 2500, 128, 24, 10.0);
  }

  /** No anchors: plain training. */
  public static AnchorConfig none() {
    return new AnchorConfig(null, 0, 128, 0, 0);
  }

  /** Whether there are any. */
  public boolean wanted() {
    return perBatch > 0 && (file != null || generate > 0);
  }

  /** The same with other memory for what the base makes of anchors. */
  public AnchorConfig keeping(long bytes) {
    return new AnchorConfig(
        file,
        generate,
        maxTokens,
        perBatch,
        tokenRatio,
        bytes,
        coefficient,
        klBudget,
        champion,
        fresh,
        hard);
  }

  /**
   * The same, held otherwise.
   *
   * @param newCoefficient factor of KL(base ‖ adapter)
   * @param budget nats per position; 0 leaves the factor as it is
   */
  public AnchorConfig holding(double newCoefficient, double budget) {
    return new AnchorConfig(
        file,
        generate,
        maxTokens,
        perBatch,
        tokenRatio,
        keepBytes,
        newCoefficient,
        budget,
        champion,
        fresh,
        hard);
  }

  /**
   * The same, with texts of its own and hard ones drawn more often.
   *
   * @param own texts of the champion's own beside them
   * @param anew texts that the base generates for each round; 0 for those that it has
   * @param hardShare drawn in proportion to their last KL
   */
  public AnchorConfig choosing(int own, int anew, double hardShare) {
    return new AnchorConfig(
        file,
        generate,
        maxTokens,
        perBatch,
        tokenRatio,
        keepBytes,
        coefficient,
        klBudget,
        own,
        anew,
        hardShare);
  }
}
