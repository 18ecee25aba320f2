package io.alluvium.trainer.round;

import io.alluvium.trainer.claim.recall.Entry;
import io.alluvium.trainer.finetune.guard.Culprit;
import io.alluvium.trainer.round.division.Division;
import io.alluvium.trainer.round.outcome.RoundPlan;
import io.alluvium.trainer.round.outcome.Stopwatch;
import java.util.List;

/**
 * A round with its records at hand.
 *
 * @param entries the window's records, oldest first
 * @param division what becomes of each
 * @param watch how long stages took
 */
record Task(RoundPlan plan, List<Entry> entries, Division division, Stopwatch watch) {
  /** The same with its records divided otherwise. */
  Task divided(Division other) {
    return new Task(plan, entries, other, watch);
  }

  /** The same without the records that training found to break it. */
  Task without(List<Culprit> quarantined) {
    return divided(division.withoutQuarantined(quarantined));
  }

  boolean hasNothingToTrainOn() {
    return division.training().isEmpty();
  }

  /** Why there is nothing to train on. */
  String whyNothing() {
    return entries.isEmpty()
        ? "the log no longer has the window's records: topic training keeps too little"
        : "nothing to train on";
  }
}
