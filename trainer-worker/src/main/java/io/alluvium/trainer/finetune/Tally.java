package io.alluvium.trainer.finetune;

import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.finetune.FineTuneResult.Trained;
import io.alluvium.trainer.finetune.guard.Culprit;
import io.alluvium.trainer.finetune.state.TrainingState;
import io.alluvium.trainer.finetune.step.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sums of a round's reports. */
final class Tally {
  /** By id, as each was when the round first saw it, before it was learned from. */
  private final Map<String, Double> firstLosses = new HashMap<>();

  private double lossSum;
  private double klSum;
  private long responseTokens;
  private long tokens;
  private int steps;

  void add(List<TrainingItem> batch, Step.Report report) {
    for (int n = 0; n < batch.size(); n++) {
      firstLosses.putIfAbsent(batch.get(n).id(), (double) report.losses()[n]);
      int response = batch.get(n).tokens().responseTokens();
      lossSum += (double) report.losses()[n] * response;
      responseTokens += response;
      tokens += batch.get(n).tokens().length();
    }
    klSum += report.kl();
    steps++;
  }

  int steps() {
    return steps;
  }

  Trained trained(TrainingState candidate, List<Culprit> quarantined) {
    return new Trained(
        candidate,
        lossSum / responseTokens,
        firstLosses,
        klSum / steps,
        tokens,
        steps,
        quarantined);
  }
}
