package io.alluvium.trainer.base.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sequences laid end to end in rows of equal width, so that hardly a token is padding. Each keeps
 * its own positions from 0 and attends to itself alone. Pure: equal input gives an equal layout.
 *
 * @param rows number of rows
 * @param width tokens per row
 * @param ids token ids, rows x width; 0 where padded
 * @param positions position within the sequence; 0 where padded
 * @param owners index of the sequence; the number of sequences where padded
 * @param begins flat index of each sequence's first token
 */
@SuppressWarnings("ArrayRecordComponent") // goes to native memory as it is
public record Packing(
    int rows, int width, long[] ids, long[] positions, long[] owners, long[] begins) {
  private static final int STEP = 8;
  private static final int PREFERRED_WIDTH = 128;

  /**
   * Packs by first fit, longest first, in rows of that width, out of those that hold the longest
   * sequence and up to twice what is preferred, which leaves the fewest positions empty; narrower
   * ones first, because attention is quadratic in it.
   *
   * @param sequences token ids, each at least one
   */
  public static Packing of(List<int[]> sequences) {
    int[] order = longestFirst(sequences);
    int longest = sequences.stream().mapToInt(s -> s.length).max().orElse(1);
    int total = sequences.stream().mapToInt(s -> s.length).sum();
    int width = roundUp(Math.max(longest, Math.min(total, PREFERRED_WIDTH)));
    Rows best = Rows.of(sequences, order, width);
    int widest = roundUp(Math.min(total, Math.max(longest, 2 * PREFERRED_WIDTH)));
    for (int wider = width + STEP; wider <= widest && !best.tight(total); wider += STEP) {
      Rows rows = Rows.of(sequences, order, wider);
      best = rows.cells() < best.cells() ? rows : best;
    }
    return fill(sequences, best);
  }

  /** Shape of the three token arrays. */
  public long[] shape() {
    return new long[] {rows, width};
  }

  /** Where each sequence begins when rows have a certain width. */
  private record Rows(int width, int count, long[] begins) {
    private static final double TIGHT = 0.98;

    static Rows of(List<int[]> sequences, int[] order, int width) {
      List<Integer> used = new ArrayList<>();
      long[] begins = new long[sequences.size()];
      for (int index : order) {
        begins[index] = place(used, width, sequences.get(index).length);
      }
      return new Rows(width, Math.max(1, used.size()), begins);
    }

    int cells() {
      return count * width;
    }

    boolean tight(int tokens) {
      return tokens >= TIGHT * cells();
    }

    private static long place(List<Integer> used, int width, int length) {
      for (int row = 0; row < used.size(); row++) {
        if (used.get(row) + length <= width) {
          int begin = used.get(row);
          used.set(row, begin + length);
          return (long) row * width + begin;
        }
      }
      used.add(length);
      return (long) (used.size() - 1) * width;
    }
  }

  private static Packing fill(List<int[]> sequences, Rows layout) {
    int rows = layout.count();
    int width = layout.width();
    long[] begins = layout.begins();
    long[] ids = new long[rows * width];
    long[] positions = new long[rows * width];
    long[] owners = new long[rows * width];
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
    return new Packing(rows, width, ids, positions, owners, begins);
  }

  private static int[] longestFirst(List<int[]> sequences) {
    return IntStream.range(0, sequences.size())
        .boxed()
        .sorted(Comparator.comparing((Integer n) -> -sequences.get(n).length))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static int roundUp(int width) {
    return (width + STEP - 1) / STEP * STEP;
  }
}
