package io.alluvium.streams.bench.planted;

import io.alluvium.schemas.TrainingExample;
import java.time.Instant;
import java.util.List;

/**
 * An example of a generated stream, and what is known of it.
 *
 * @param example as a producer sends it
 * @param time its record timestamp
 * @param plant what was planted in it
 * @param domain what it is about; unseen ones are named new-0 … new-4
 * @param original id of the example that it nearly repeats, else empty
 * @param base what a scorer would say of it
 */
public record Planted(
    TrainingExample example,
    Instant time,
    Plant plant,
    String domain,
    String original,
    Score base) {

  /** What can be planted. */
  public enum Plant {
    /** Nothing. */
    CLEAN,
    /** It repeats an earlier one with a few words changed. */
    NEAR_DUPLICATE,
    /** It holds a secret or personal data. */
    SECRET,
    /** It holds an item of the suite. */
    LEAK,
    /** Its answer belongs to another question. */
    WRONG_ANSWER,
    /** It is of a domain that was not seen before its time. */
    NEW_DOMAIN
  }

  /**
   * What a scorer would say.
   *
   * @param baseLoss nats per response token under the base
   * @param adapterLoss the same under the adapter
   * @param embedding a unit vector, near its domain's
   */
  public record Score(double baseLoss, double adapterLoss, List<Float> embedding) {
    /** Copies. */
    public Score {
      embedding = List.copyOf(embedding);
    }
  }
}
