package io.alluvium.trainer.finetune.method.token;

import io.alluvium.trainer.finetune.method.Method;
import io.alluvium.trainer.finetune.method.TokenMethod;
import io.alluvium.trainer.program.loss.TokenText;

/**
 * Selective token masking (arXiv 2501.14315): tokens whose perplexity under the model that learns
 * is above a limit are not learned from. The paper measures it before training; here it is measured
 * in each step.
 *
 * @param amount largest perplexity that is learned from
 */
public record Stm(double amount) implements TokenMethod {
  /** Its name in configurations. */
  public static final String NAME = "stm";

  /** Checks the amount. */
  public Stm {
    Method.check(amount > 1, NAME, amount, "above 1");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public TokenText text() {
    return new TokenText(
        false,
        """
            return torch.to(torch.ge(torch.squeeze(torch.gather(z, 1, t), 1), %s), 6)
        """
            .formatted(-Math.log(amount)),
        "");
  }
}
