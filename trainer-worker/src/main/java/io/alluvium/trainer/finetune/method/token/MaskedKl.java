package io.alluvium.trainer.finetune.method.token;

import io.alluvium.trainer.finetune.method.Method;
import io.alluvium.trainer.finetune.method.TokenMethod;
import io.alluvium.trainer.program.loss.TokenText;

/**
 * Mask the Target (arXiv 2605.29498): KL(base ‖ adapter) on the new records, with the token that is
 * learned left out of both distributions and the rest renormalised, so that it does not work
 * against the cross entropy. Weighted as the record is. Goes through the base in each pass.
 *
 * @param amount coefficient of that KL
 */
public record MaskedKl(double amount) implements TokenMethod {
  /** Its name in configurations. */
  public static final String NAME = "masked-kl";

  /** Checks the amount. */
  public MaskedKl {
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
        "",
        """
            m = torch.scatter_add(torch.zeros_like(z), 1, t, torch.full_like(t, -1e+30, dtype=6))
            return torch.mul(torch.sub(torch.softmax(torch.add(z, m), 1), torch.softmax(torch.add(p, m), 1)), %s)
        """
            .formatted(amount));
  }
}
