package io.alluvium.trainer.finetune.config;

import org.jspecify.annotations.Nullable;

/**
 * General text that a round keeps the adapter's predictions on close to the base's.
 *
 * @param file JSONL of anchors; null lets the base generate them
 * @param generate how many the base generates; 0 for none
 * @param maxTokens longest anchor, tokens
 * @param perBatch anchors beside each training batch; 0 for none
 * @param coefficient factor of KL(base ‖ adapter)
 */
public record AnchorConfig(
    @Nullable String file, int generate, int maxTokens, int perBatch, double coefficient) {

  /** Checks every value; the message names it. */
  public AnchorConfig {
    Check.that(generate >= 0, "finetune.anchors.generate", generate, "0 or more");
    Check.that(maxTokens >= 2, "finetune.anchors.maxTokens", maxTokens, "2 or more");
    Check.that(perBatch >= 0, "finetune.anchors.perBatch", perBatch, "0 or more");
    Check.that(coefficient >= 0, "finetune.anchors.coefficient", coefficient, "0 or more");
  }

  /** Anchors of the base's own, held so firmly that the first windows lose no old skill. */
  public static AnchorConfig defaults() {
    return new AnchorConfig(null, 2500, 128, 24, 40.0);
  }

  /** No anchors: plain training. */
  public static AnchorConfig none() {
    return new AnchorConfig(null, 0, 128, 0, 0);
  }

  /** Whether there are any. */
  public boolean wanted() {
    return perBatch > 0 && (file != null || generate > 0);
  }
}
