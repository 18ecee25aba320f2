package io.alluvium.trainer.decoder;

import io.alluvium.trainer.model.text.TokenSequence;
import io.alluvium.trainer.program.packing.Packing;
import java.util.Arrays;
import java.util.List;

/**
 * Where in a packed batch the supervised tokens are predicted, sequence by sequence. Pure.
 *
 * @param selected flat index of the predicting position
 * @param targets the token to be predicted
 * @param sequences index of the sequence it belongs to
 */
@SuppressWarnings("ArrayRecordComponent") // goes to native memory as it is
public record SupervisedTokens(long[] selected, long[] targets, long[] sequences) {

  /** What a sequence feeds to the model: all its tokens but the last, which is only predicted. */
  public static int[] inputs(TokenSequence sequence) {
    return Arrays.copyOf(sequence.ids(), sequence.length() - 1);
  }

  /**
   * Finds them.
   *
   * @param sequences the first sequences of the packing, packed by their {@link #inputs}
   */
  public static SupervisedTokens of(List<TokenSequence> sequences, Packing packing) {
    int count = sequences.stream().mapToInt(TokenSequence::responseTokens).sum();
    SupervisedTokens tokens =
        new SupervisedTokens(new long[count], new long[count], new long[count]);
    int at = 0;
    for (int n = 0; n < sequences.size(); n++) {
      TokenSequence sequence = sequences.get(n);
      for (int i : sequence.supervised()) {
        tokens.selected[at] = packing.begins()[n] + i - 1;
        tokens.targets[at] = sequence.ids()[i];
        tokens.sequences[at++] = n;
      }
    }
    return tokens;
  }

  /** Number of response tokens. */
  public int size() {
    return selected.length;
  }
}
