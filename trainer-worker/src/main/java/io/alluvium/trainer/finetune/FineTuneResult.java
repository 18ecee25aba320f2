package io.alluvium.trainer.finetune;

import io.alluvium.trainer.finetune.guard.Culprit;
import io.alluvium.trainer.finetune.state.TrainingState;
import java.util.List;

/** How a round ended. */
public sealed interface FineTuneResult {

  /**
   * The window was trained on.
   *
   * @param candidate the new state, owned by the receiver
   * @param meanLoss unweighted mean over all steps, nats per response token, each measured before
   *     its step
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
      double meanKl,
      long tokens,
      int steps,
      List<Culprit> quarantined)
      implements FineTuneResult {
    /** The same with another candidate. */
    Trained of(TrainingState other) {
      return new Trained(other, meanLoss, meanKl, tokens, steps, quarantined);
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
