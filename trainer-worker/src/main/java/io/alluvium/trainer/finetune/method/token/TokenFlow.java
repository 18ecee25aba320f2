package io.alluvium.trainer.finetune.method.token;

import io.alluvium.trainer.finetune.method.Method;
import io.alluvium.trainer.finetune.method.TokenMethod;
import io.alluvium.trainer.program.loss.TokenText;

/**
 * FLOW (Sanyal et al. 2025) per token: the cross entropy of a token is multiplied by exp(−its loss
 * under the base / temperature). Goes through the base in each pass.
 *
 * @param amount the temperature, nats
 */
public record TokenFlow(double amount) implements TokenMethod {
  /** Its name in configurations. */
  public static final String NAME = "token-flow";

  /** Checks the amount. */
  public TokenFlow {
    Method.check(amount > 0, NAME, amount, "above 0");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public TokenText text() {
    return new TokenText(
        /* seesBase= */ true,
        """
            return torch.exp(torch.div(torch.squeeze(torch.gather(p, 1, t), 1), %s))
        """
            .formatted(amount),
        "");
  }
}
