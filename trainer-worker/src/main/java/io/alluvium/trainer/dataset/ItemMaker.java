package io.alluvium.trainer.dataset;

import io.alluvium.schemas.TrainingExample;
import io.alluvium.trainer.claim.Refusal;
import io.alluvium.trainer.claim.Refusal.Reason;
import io.alluvium.trainer.model.chat.UnrenderableChatException;
import io.alluvium.trainer.model.text.ExampleText;
import io.alluvium.trainer.model.text.TokenSequence;
import java.util.Arrays;
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
  private final Limits limits;

  /**
   * What a base takes.
   *
   * @param tokens of the longest sequence that is used, prompt and response
   * @param vocabulary rows of the embedding; a tokenizer may know more tokens
   */
  public record Limits(int tokens, int vocabulary) {}

  /**
   * Makes items.
   *
   * @param encoder the base's tokenizer and chat template
   */
  public ItemMaker(Encoder encoder, Limits limits) {
    this.encoder = encoder;
    this.limits = limits;
  }

  /** What an example becomes with this weight. */
  public Itemized make(TrainingExample example, double weight) {
    if (!(weight >= 0 && Float.isFinite((float) weight))) {
      return unusable(Reason.BAD_WEIGHT, "weight is " + weight + ", must be finite and at least 0");
    }
    try {
      return make(example, TextReader.textOf(example), (float) weight);
    } catch (UnrenderableChatException e) {
      return unusable(Reason.UNRENDERABLE, String.valueOf(e.getMessage()));
    } catch (RuntimeException | LinkageError | StackOverflowError unforeseen) {
      // Texts come from anybody and templates from any folder: what one makes of the other may cost
      // the record, and not the process at the same offset at every start.
      return unusable(Reason.UNTOKENIZABLE, failed(unforeseen));
    }
  }

  private Itemized make(TrainingExample example, ExampleText text, float weight) {
    return text.silent()
        ? unusable(Reason.NOTHING_SUPERVISED, "the response is empty, or only read")
        : usable(example, encoder.encode(text), weight);
  }

  private Itemized usable(TrainingExample example, TokenSequence tokens, float weight) {
    if (tokens.length() > limits.tokens()) {
      return unusable(Reason.TOO_LONG, tooLong(tokens));
    }
    int largest = Arrays.stream(tokens.ids()).max().orElse(0);
    return largest >= limits.vocabulary()
        ? unusable(Reason.UNKNOWN_TOKEN, unknown(largest))
        : new Itemized.Usable(new TrainingItem(example.getId(), tokens, weight));
  }

  private static String failed(Throwable unforeseen) {
    return "the base's tokenizer or chat template fails: %s: %s"
        .formatted(unforeseen.getClass().getSimpleName(), unforeseen.getMessage());
  }

  private String unknown(int token) {
    return String.format(
        Locale.ROOT,
        "token %d is beyond the base's embedding of %d rows",
        token,
        limits.vocabulary());
  }

  private String tooLong(TokenSequence tokens) {
    return String.format(
        Locale.ROOT,
        "%d tokens; at most %d are taken (base.maxTokens, or fewer positions of the base)",
        tokens.length(),
        limits.tokens());
  }

  private static Itemized unusable(Reason reason, String detail) {
    return new Itemized.Unusable(new Refusal(reason, detail));
  }
}
