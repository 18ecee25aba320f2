package io.alluvium.trainer.finetune.method.token;

import io.alluvium.trainer.finetune.method.Method;
import io.alluvium.trainer.finetune.method.TokenMethod;
import io.alluvium.trainer.program.loss.TokenText;

/**
 * Entropy-adaptive fine-tuning (arXiv 2601.02151): the cross entropy of a token is multiplied by
 * the entropy of the adapter's prediction there, over its 20 likeliest tokens and divided by the
 * most that they can have. What the model is sure of otherwise ("confident conflicts") is hardly
 * learned. Needs a vocabulary of 20.
 *
 * @param amount share of it: 1 multiplies by the entropy, 0 by one
 */
public record Eaft(double amount) implements TokenMethod {
  /** Its name in configurations. */
  public static final String NAME = "eaft";

  /** Checks the amount. */
  public Eaft {
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
            top, which = torch.topk(z, 20, 1)
            q = torch.log_softmax(top, 1)
            h = torch.div(torch.neg(torch.sum(torch.mul(torch.exp(q), q), [1])), 2.995732273553991)
            return torch.rsub(torch.mul(torch.rsub(h, 1.), %s), 1.)
        """
            .formatted(amount),
        "");
  }
}
