package io.alluvium.trainer.finetune.method.order;

import io.alluvium.trainer.finetune.method.Method;
import io.alluvium.trainer.finetune.method.OrderMethod;
import java.util.List;

/**
 * Depth first, as editors that chase each record do (the opposite of LocFT-BF, Yang et al. 2025):
 * all epochs of a batch before the next batch. Only to compare with.
 *
 * @param amount 1
 */
public record DepthFirst(double amount) implements OrderMethod {
  /** Its name in configurations. */
  public static final String NAME = "depth-first";

  /** Checks the amount. */
  public DepthFirst {
    Method.check(amount == 1, NAME, amount, "1: there is nothing between depth and breadth");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public <T> List<T> order(List<List<T>> epochs) {
    return epochs.get(0).stream().flatMap(batch -> epochs.stream().map(epoch -> batch)).toList();
  }
}
