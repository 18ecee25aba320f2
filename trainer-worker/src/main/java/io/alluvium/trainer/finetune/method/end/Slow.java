package io.alluvium.trainer.finetune.method.end;

import io.alluvium.trainer.finetune.method.EndMethod;
import io.alluvium.trainer.finetune.method.Method;
import io.alluvium.trainer.finetune.state.TrainingState;
import java.util.List;

/**
 * A fast and a slow adapter (SuRe, arXiv 2511.22367): the fast one learns, and after each round the
 * slow one, which is published and judged, comes a share of the way to it. Where they have not
 * parted yet they are one.
 *
 * @param amount share of the way; below 1
 */
public record Slow(double amount) implements EndMethod {
  /** Its name in configurations. */
  public static final String NAME = "slow";

  /** Checks the amount. */
  public Slow {
    Method.check(amount > 0 && amount < 1, NAME, amount, "above 0 and below 1");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public TrainingState end(TrainingState parent, TrainingState last, List<float[]> mean) {
    return parent.step() == 0
        ? last.with(last.adapter().copy())
        : last.serving(last.adapter().between(parent.adapter(), amount));
  }
}
