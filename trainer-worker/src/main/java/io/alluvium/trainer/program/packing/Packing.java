package io.alluvium.trainer.program.packing;

import io.alluvium.trainer.program.packing.LengthBuckets.Division;
import io.alluvium.trainer.program.packing.LengthBuckets.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sequences laid end to end on one axis, longest first, so that hardly a token is padding. Each
 * keeps its own positions from 0 and attends to itself alone. Pure: equal input gives an equal
 * layout.
 *
 * @param ids token ids; 0 where padded
 * @param positions position within the sequence; 0 where padded
 * @param owners index of the sequence; the number of sequences where padded
 * @param begins index of each sequence's first token
 * @param buckets where attention finds the tokens
 */
@SuppressWarnings("ArrayRecordComponent") // goes to native memory as it is
public record Packing(
    long[] ids, long[] positions, long[] owners, long[] begins, LengthBuckets buckets) {
  private static final int STEP = 8;
  private static final int STEPS = 32;

  /**
   * Packs. Padding stands at the end and rounds the axis to a grid of at most a sixteenth of it, on
   * which products of one shape come again; there is none where attention wants none.
   *
   * @param sequences token ids, each at least one
   */
  public static Packing of(List<int[]> sequences) {
    long[] begins = new long[sequences.size()];
    int used = 0;
    for (int index : longestFirst(sequences)) {
      begins[index] = used;
      used += sequences.get(index).length;
    }
    Division division = Division.of(spans(sequences, begins));
    int tokens = division.padded() ? onGrid(used + 1) : used;
    return filled(sequences, begins, LengthBuckets.of(division, tokens), tokens);
  }

  /** Tokens of the axis, padding among them. */
  public int tokens() {
    return ids.length;
  }

  private static List<Span> spans(List<int[]> sequences, long[] begins) {
    List<Span> spans = new ArrayList<>();
    for (int n = 0; n < begins.length; n++) {
      spans.add(new Span(begins[n], sequences.get(n).length));
    }
    return spans;
  }

  private static Packing filled(
      List<int[]> sequences, long[] begins, LengthBuckets buckets, int tokens) {
    long[] ids = new long[tokens];
    long[] positions = new long[tokens];
    long[] owners = new long[tokens];
    Arrays.fill(owners, sequences.size());
    for (int n = 0; n < begins.length; n++) {
      int[] sequence = sequences.get(n);
      for (int t = 0; t < sequence.length; t++) {
        int at = (int) begins[n] + t;
        ids[at] = sequence[t];
        positions[at] = t;
        owners[at] = n;
      }
    }
    return new Packing(ids, positions, owners, begins, buckets);
  }

  private static int[] longestFirst(List<int[]> sequences) {
    return IntStream.range(0, sequences.size())
        .boxed()
        .sorted(Comparator.comparing((Integer n) -> -sequences.get(n).length))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static int onGrid(int tokens) {
    int step = Math.max(STEP, Integer.highestOneBit(tokens / STEPS));
    return (tokens + step - 1) / step * step;
  }
}
