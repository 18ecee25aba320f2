package io.alluvium.trainer.gate.measure;

import io.alluvium.trainer.dataset.ItemMaker;
import io.alluvium.trainer.model.text.ExampleText;
import io.alluvium.trainer.model.text.ExampleText.Completion;
import io.alluvium.trainer.model.text.ExampleText.Conversation;
import io.alluvium.trainer.model.text.TokenSequence;
import java.util.Arrays;
import java.util.function.Function;

/**
 * The base's tokenizer, for questions that a gate measures by: what the base could not answer in
 * its own tokens would fail inside the engine, or measure nothing.
 *
 * @param tokenizer of the base
 * @param decoder text of ids, without special tokens
 * @param vocabulary rows of the base's embedding
 */
public record SuiteEncoder(
    ItemMaker.Encoder tokenizer, Function<int[], String> decoder, int vocabulary)
    implements ItemMaker.Encoder {

  /**
   * Tokens of a question and its answer.
   *
   * @throws IllegalArgumentException when the base has no token for the answer
   */
  @Override
  public TokenSequence encode(ExampleText text) {
    TokenSequence tokens = tokenizer.encode(text);
    int largest = Arrays.stream(tokens.ids()).max().orElse(0);
    if (largest >= vocabulary) {
      throw new IllegalArgumentException(
          "token %d is beyond the base's embedding of %d rows".formatted(largest, vocabulary));
    }
    if (speaks(text) && decoder.apply(answer(tokens)).isBlank()) {
      throw new IllegalArgumentException("the base has no token for anything in the answer");
    }
    return tokens;
  }

  private static int[] answer(TokenSequence tokens) {
    return Arrays.stream(tokens.supervised()).map(index -> tokens.ids()[index]).toArray();
  }

  private static boolean speaks(ExampleText text) {
    if (text instanceof Completion pair) {
      return !pair.completion().isBlank();
    }
    return ((Conversation) text)
        .turns().stream().anyMatch(turn -> turn.learned() && !turn.content().isBlank());
  }
}
