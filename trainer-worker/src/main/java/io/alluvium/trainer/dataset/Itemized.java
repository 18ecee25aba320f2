package io.alluvium.trainer.dataset;

import io.alluvium.trainer.claim.Refusal;

/** What an example became. */
public sealed interface Itemized {

  /** Something to train on or to measure with. */
  record Usable(TrainingItem item) implements Itemized {}

  /** Nothing, and why. */
  record Unusable(Refusal refusal) implements Itemized {}
}
