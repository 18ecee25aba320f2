package io.alluvium.trainer.finetune.method.token;

import io.alluvium.trainer.finetune.method.Method;
import io.alluvium.trainer.finetune.method.TokenMethod;
import io.alluvium.trainer.program.loss.TokenText;

/**
 * Dynamic fine-tuning (Wu et al. 2025, arXiv 2508.05629): the cross entropy of a token is
 * multiplied by the probability that the adapter gives it at that moment, held fixed. FLOW's
 * counterpart: it looks at the model that learns, token by token, where FLOW looks at the base,
 * once per example.
 *
 * @param amount share of it: 1 multiplies by the probability, 0 by one
 */
public record Dft(double amount) implements TokenMethod {
  /** Its name in configurations. */
  public static final String NAME = "dft";

  /** Checks the amount. */
  public Dft {
    Method.check(amount > 0 && amount <= 1, NAME, amount, "above 0 and at most 1");
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
            return torch.rsub(torch.mul(torch.rsub(torch.exp(torch.squeeze(torch.gather(z, 1, t), 1)), 1.), %s), 1.)
        """
            .formatted(amount),
        "");
  }
}
