package io.alluvium.trainer.dataset;

import io.alluvium.schemas.TrainingExample;
import io.alluvium.trainer.base.chat.UnrenderableChatException;
import io.alluvium.trainer.base.text.ExampleText;
import io.alluvium.trainer.base.text.TokenSequence;
import io.alluvium.trainer.claim.Refusal;
import io.alluvium.trainer.claim.Refusal.Reason;
import java.util.Locale;

/** Turns examples into items; says why where that cannot be. */
public final class ItemMaker {

  /** Text to tokens, as the base's tokenizer does it. */
  @FunctionalInterface
  public interface Encoder {
    /**
     * Tokens of a text and which of them are supervised.
     *
     * @throws UnrenderableChatException when the base's chat template does not take it
     */
    TokenSequence encode(ExampleText text);
  }

  private final Encoder encoder;
  private final int maxTokens;

  /**
   * Makes items of at most so many tokens.
   *
   * @param encoder the base's tokenizer and chat template
   * @param maxTokens longest sequence that is used, prompt and response
   */
  public ItemMaker(Encoder encoder, int maxTokens) {
    this.encoder = encoder;
    this.maxTokens = maxTokens;
  }

  /** What an example becomes with this weight. */
  public Itemized make(TrainingExample example, double weight) {
    ExampleText text = TextReader.textOf(example);
    if (text.silent()) {
      return unusable(Reason.NOTHING_SUPERVISED, "the response is empty");
    }
    if (!(weight >= 0 && Float.isFinite((float) weight))) {
      return unusable(Reason.BAD_WEIGHT, "weight is " + weight + ", must be finite and at least 0");
    }
    try {
      return usable(example, encoder.encode(text), (float) weight);
    } catch (UnrenderableChatException e) {
      return unusable(Reason.UNRENDERABLE, String.valueOf(e.getMessage()));
    }
  }

  private Itemized usable(TrainingExample example, TokenSequence tokens, float weight) {
    return tokens.length() > maxTokens
        ? unusable(Reason.TOO_LONG, tooLong(tokens))
        : new Itemized.Usable(new TrainingItem(example.getId(), tokens, weight));
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
