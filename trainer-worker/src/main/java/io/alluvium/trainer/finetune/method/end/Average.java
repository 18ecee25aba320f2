package io.alluvium.trainer.finetune.method.end;

import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.finetune.method.EndMethod;
import io.alluvium.trainer.finetune.method.Method;
import io.alluvium.trainer.finetune.state.TrainingState;
import java.util.List;

/**
 * The mean of a round's last states (stochastic weight averaging, Izmailov et al. 2018, arXiv
 * 1803.05407). A and B are averaged apart, which is no harm within one run.
 *
 * @param amount share of the round's steps, the last ones, over whose states the mean is taken
 */
public record Average(double amount) implements EndMethod {
  /** Its name in configurations. */
  public static final String NAME = "average";

  /** Checks the amount. */
  public Average {
    Method.check(amount > 0 && amount <= 1, NAME, amount, "above 0 and at most 1");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double tail() {
    return amount;
  }

  @Override
  public TrainingState end(TrainingState parent, TrainingState last, List<float[]> mean) {
    return last.with(LoraWeights.of(last.adapter().base(), last.adapter().spec(), mean));
  }
}
