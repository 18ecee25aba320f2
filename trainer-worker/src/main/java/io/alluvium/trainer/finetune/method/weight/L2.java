package io.alluvium.trainer.finetune.method.weight;

import io.alluvium.trainer.finetune.method.Method;
import io.alluvium.trainer.finetune.method.WeightMethod;
import io.alluvium.trainer.finetune.state.TrainingState;
import java.util.List;

/**
 * L2 to where the round began (L2-SP, Li et al. 2018, arXiv 1802.01483): the way that each trained
 * value has come is added to its gradient.
 *
 * @param amount what the way is multiplied by
 */
public record L2(double amount) implements WeightMethod {
  /** Its name in configurations. */
  public static final String NAME = "l2";

  /** Checks the amount. */
  public L2 {
    Method.check(amount > 0, NAME, amount, "above 0");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Restraint> restraints(TrainingState parent, long seed) {
    return parent.adapter().trainedSlots().stream()
        .map(slot -> new Restraint(Part.LEARNS, new float[] {(float) amount}))
        .toList();
  }
}
