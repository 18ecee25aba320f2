package io.alluvium.trainer.finetune;

import io.alluvium.trainer.finetune.guard.Culprit;
import io.alluvium.trainer.finetune.state.TrainingState;
import java.util.List;
import java.util.Map;

/** How a round ended. */
public sealed interface FineTuneResult {

  /**
   * The window was trained on.
   *
   * @param candidate the new state, owned by the receiver
   * @param meanLoss unweighted mean over all steps, nats per response token, each measured before
   *     its step
   * @param firstLosses by item id, nats per response token, each measured before the first step
   *     that learned from it: progressive validation (Blum, Kalai & Langford 1999)
   * @param meanKl mean over all steps of KL(base ‖ adapter) on the anchors, nats per position; 0
   *     without anchors
   * @param tokens tokens of the items seen, prompts included, anchors not
   * @param steps optimiser steps
   * @param quarantined items that were not learned from, because steps with them would have broken
   *     the adapter
   */
  record Trained(
      TrainingState candidate,
      double meanLoss,
      Map<String, Double> firstLosses,
      double meanKl,
      long tokens,
      int steps,
      List<Culprit> quarantined)
      implements FineTuneResult {
    /** Copies. */
    public Trained {
      firstLosses = Map.copyOf(firstLosses);
    }

    /** The same with another candidate. */
    Trained of(TrainingState other) {
      return new Trained(other, meanLoss, firstLosses, meanKl, tokens, steps, quarantined);
    }
  }

  /** The caller lost interest; nothing was kept. */
  record Cancelled() implements FineTuneResult {}

  /**
   * The loss ran away; nothing was kept.
   *
   * @param reason one line
   * @param suspectIds items to be set aside: those whose own loss ran away, or the whole batch
   */
  record Diverged(String reason, List<String> suspectIds) implements FineTuneResult {}
}
