package io.alluvium.trainer.pretrain;

import java.util.Map;

/** Hears how the pretraining goes, on the thread that trains. */
public interface ProgressListener {

  /**
   * After every step.
   *
   * @param step steps done, from 1
   * @param loss weighted mean loss of the step's batch, nats
   * @param tokens tokens trained since the start
   */
  void stepped(int step, double loss, long tokens);

  /**
   * After the folder has been written and read again.
   *
   * @param step steps done
   * @param exactMatch share of held-out records answered exactly, per skill, in [0, 1]
   */
  void measured(int step, Map<String, Double> exactMatch);
}
