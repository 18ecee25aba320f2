package io.alluvium.trainer.dataset;

import io.alluvium.trainer.model.text.TokenSequence;

/**
 * One example, ready to train on.
 *
 * @param id the producer's identifier
 * @param tokens prompt and response with the boundary between them
 * @param weight factor on this example's loss, finite, at least 0
 */
public record TrainingItem(String id, TokenSequence tokens, float weight) {

  /** Refuses a weight that would poison a whole batch. */
  public TrainingItem {
    if (!Float.isFinite(weight) || weight < 0) {
      throw new IllegalArgumentException(
          "example " + id + " has weight " + weight + ", must be finite and at least 0");
    }
  }
}
