package io.alluvium.trainer.finetune.method;

import io.alluvium.trainer.finetune.state.TrainingState;
import java.util.List;

/** A method that makes a round's candidate of its states. */
public interface EndMethod extends Method {

  /** The last share of the round's steps whose mean it wants; 0 for none. */
  default double tail() {
    return 0;
  }

  /**
   * The candidate, with memory of its own.
   *
   * @param parent where the round began
   * @param last where it ended
   * @param mean values of the adapter, tensor by tensor, over the tail; those of the last state
   *     where no tail is wanted
   */
  TrainingState end(TrainingState parent, TrainingState last, List<float[]> mean);
}
