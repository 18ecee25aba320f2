package io.alluvium.trainer.finetune.method;

import io.alluvium.trainer.finetune.state.TrainingState;
import java.util.List;

/**
 * A method that holds trained tensors where a round begins, or keeps some of them from learning.
 */
public interface WeightMethod extends Method {

  /**
   * How each trained tensor is held in a round, in their order.
   *
   * @param parent where the round begins
   * @param seed of what is drawn
   */
  List<Restraint> restraints(TrainingState parent, long seed);

  /** Whether a trained tensor learns in a round. */
  enum Part {
    /** It does. */
    LEARNS,
    /** It stays as it is, and so do its moments. */
    RESTS
  }

  /**
   * How one trained tensor is held: to its gradient {@code stiffness} times the way that it has
   * come in the round is added.
   *
   * @param part whether it learns at all
   * @param stiffness one value for the tensor, or one for each element, row-major
   */
  @SuppressWarnings("ArrayRecordComponent") // goes into a tensor at once
  record Restraint(Part part, float[] stiffness) {

    /** At rest if either says so, held as by both. */
    public Restraint with(Restraint other) {
      boolean wider = other.stiffness.length > stiffness.length;
      float[] sum = (wider ? other : this).stiffness.clone();
      float[] added = (wider ? this : other).stiffness;
      for (int n = 0; n < sum.length; n++) {
        sum[n] += added[added.length == 1 ? 0 : n];
      }
      return new Restraint(part == Part.RESTS ? part : other.part, sum);
    }
  }
}
