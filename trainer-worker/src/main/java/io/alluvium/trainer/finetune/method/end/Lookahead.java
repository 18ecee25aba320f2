package io.alluvium.trainer.finetune.method.end;

import io.alluvium.trainer.finetune.method.EndMethod;
import io.alluvium.trainer.finetune.method.Method;
import io.alluvium.trainer.finetune.state.TrainingState;
import java.util.List;

/**
 * Only a share of a round's way is gone (Lookahead, Zhang et al. 2019, arXiv 1907.08610, with a
 * window as the inner loop): slow weights that follow the fast ones, and from which the next
 * round's fast ones begin.
 *
 * @param amount share of the way; below 1
 */
public record Lookahead(double amount) implements EndMethod {
  /** Its name in configurations. */
  public static final String NAME = "lookahead";

  /** Checks the amount. */
  public Lookahead {
    Method.check(amount > 0 && amount < 1, NAME, amount, "above 0 and below 1");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public TrainingState end(TrainingState parent, TrainingState last, List<float[]> mean) {
    return last.comingFrom(parent, amount);
  }
}
