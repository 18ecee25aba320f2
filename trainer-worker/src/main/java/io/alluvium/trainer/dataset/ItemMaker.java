package io.alluvium.trainer.dataset;

import io.alluvium.schemas.TrainingExample;
import io.alluvium.trainer.base.text.TokenSequence;
import io.alluvium.trainer.claim.Refusal;
import io.alluvium.trainer.claim.Refusal.Reason;
import java.util.Locale;

/** Turns examples into items; says why where that cannot be. */
public final class ItemMaker {

  /** Text to tokens, as the base's tokenizer does it. */
  @FunctionalInterface
  public interface Encoder {
    /** Tokens of prompt and completion with the boundary between them. */
    TokenSequence encode(String prompt, String completion);
  }

  private final Encoder encoder;
  private final int maxTokens;

  /**
   * Makes items of at most so many tokens.
   *
   * @param maxTokens longest sequence that is used, prompt and response
   */
  public ItemMaker(Encoder encoder, int maxTokens) {
    this.encoder = encoder;
    this.maxTokens = maxTokens;
  }

  /** What an example becomes with this weight. */
  public Itemized make(TrainingExample example, double weight) {
    ExampleText text = ExampleText.of(example);
    if (text.completion().isEmpty()) {
      return unusable(Reason.NOTHING_SUPERVISED, "the response is empty");
    }
    if (!(weight >= 0 && Float.isFinite((float) weight))) {
      return unusable(Reason.BAD_WEIGHT, "weight is " + weight + ", must be finite and at least 0");
    }
    TokenSequence tokens = encoder.encode(text.prompt(), text.completion());
    return tokens.length() > maxTokens
        ? unusable(Reason.TOO_LONG, tooLong(tokens))
        : new Itemized.Usable(new TrainingItem(example.getId(), tokens, (float) weight));
  }

  private String tooLong(TokenSequence tokens) {
    return String.format(
        Locale.ROOT,
        "%d tokens; at most %d are taken (base.maxTokens)",
        tokens.length(),
        maxTokens);
  }

  private static Itemized unusable(Reason reason, String detail) {
    return new Itemized.Unusable(new Refusal(reason, detail));
  }
}
