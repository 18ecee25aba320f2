package io.alluvium.streams.admit.mark;

import io.alluvium.streams.admit.secret.SecretConfig;
import java.util.List;

/**
 * Which texts a tokenizer would turn into control tokens, and what is done about them. Somebody who
 * may write an example may write them, and the trainer's tokenizer takes them for its own: a turn
 * would end, or another speaker begin, in the middle of a question.
 *
 * @param tokens texts of the base's special tokens, exactly as its tokenizer knows them; empty:
 *     none
 * @param action what is done about an example that holds one
 */
public record SpecialTokenConfig(List<String> tokens, SecretConfig.Action action) {
  /** Checks that each token is one that only some texts hold. */
  public SpecialTokenConfig {
    for (String token : tokens) {
      if (token.isBlank()) {
        throw new IllegalArgumentException(
            "admit.specialTokens.tokens holds \"%s\", must be texts that are not blank"
                .formatted(token));
      }
    }
    tokens = List.copyOf(tokens);
  }
}
