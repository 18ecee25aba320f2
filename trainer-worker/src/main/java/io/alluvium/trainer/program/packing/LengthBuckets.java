package io.alluvium.trainer.program.packing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where attention finds the tokens of each sequence: sequences of like length side by side, each
 * alone in its row, so that causal attention needs no mask and its cost is that of the sequences'
 * own lengths. Pure: equal input gives equal buckets.
 *
 * @param back for each token of the flat axis its cell among all cells, bucket by bucket; empty
 *     where the one bucket is the flat axis as it is
 * @param buckets widest first
 */
@SuppressWarnings("ArrayRecordComponent") // goes to native memory as it is
public record LengthBuckets(long[] back, List<Bucket> buckets) {
  /** What a cell costs beside its scores, in scores. */
  private static final long CELL_COST = 16;

  /** What a bucket costs whatever it holds, in scores. */
  private static final long BUCKET_COST = 4096;

  /**
   * Sequences of like length.
   *
   * @param rows number of sequences
   * @param width cells of a row, the longest sequence's tokens
   * @param places flat index of each cell's token, rows x width; behind a sequence's end that of
   *     padding
   */
  public record Bucket(int rows, int width, long[] places) {}

  /**
   * Tokens of a sequence on the flat axis.
   *
   * @param begin flat index of the first
   * @param length how many
   */
  public record Span(long begin, int length) {}

  /**
   * Sequences, divided so that scores, cells and buckets cost least together.
   *
   * @param parts those of each bucket, longest first
   */
  record Division(List<List<Span>> parts) {
    static Division of(List<Span> spans) {
      return new Division(
          divided(
              spans.stream()
                  .sorted(Comparator.comparingInt((Span span) -> -span.length()))
                  .toList()));
    }

    /** Whether there are cells behind a sequence's end. */
    boolean padded() {
      return parts.stream()
          .anyMatch(part -> part.get(0).length() > part.get(part.size() - 1).length());
    }
  }

  /**
   * Buckets of sequences.
   *
   * @param spans at least one
   * @param tokens length of the flat axis
   */
  public static LengthBuckets of(List<Span> spans, int tokens) {
    return of(Division.of(spans), tokens);
  }

  /**
   * The same of sequences that are divided already.
   *
   * @param tokens length of the flat axis; where the division is padded, its last one is padding
   */
  static LengthBuckets of(Division division, int tokens) {
    List<Bucket> buckets = new ArrayList<>();
    long[] back = new long[tokens];
    Arrays.fill(back, -1);
    int cell = 0;
    for (List<Span> part : division.parts()) {
      Bucket bucket = bucket(part, tokens - 1, cell, back);
      buckets.add(bucket);
      cell += bucket.rows() * bucket.width();
    }
    return new LengthBuckets(settled(back, buckets), List.copyOf(buckets));
  }

  /** Cells of all buckets. */
  public int cells() {
    return buckets.stream().mapToInt(bucket -> bucket.rows() * bucket.width()).sum();
  }

  private static Bucket bucket(List<Span> part, long padding, int firstCell, long[] back) {
    int width = part.get(0).length();
    long[] places = new long[part.size() * width];
    Arrays.fill(places, padding);
    for (int row = 0; row < part.size(); row++) {
      Span span = part.get(row);
      for (int t = 0; t < span.length(); t++) {
        int cell = row * width + t;
        places[cell] = span.begin() + t;
        back[(int) span.begin() + t] = (long) firstCell + cell;
      }
    }
    return new Bucket(part.size(), width, places);
  }

  /** Padding finds its way to a cell that holds padding; the axis as it is needs no way. */
  private static long[] settled(long[] back, List<Bucket> buckets) {
    long free = freeCell(back, buckets);
    for (int n = 0; n < back.length; n++) {
      back[n] = back[n] < 0 ? free : back[n];
    }
    boolean same =
        buckets.size() == 1 && IntStream.range(0, back.length).allMatch(n -> back[n] == n);
    return same && buckets.get(0).places().length == back.length ? new long[0] : back;
  }

  private static long freeCell(long[] back, List<Bucket> buckets) {
    long cell = 0;
    for (Bucket bucket : buckets) {
      for (long place : bucket.places()) {
        if (place == back.length - 1 && back[back.length - 1] != cell) {
          return cell;
        }
        cell++;
      }
    }
    return 0;
  }

  /** The cheapest division of sequences in falling order of length, by dynamic programming. */
  private static List<List<Span>> divided(List<Span> sorted) {
    List<Integer> ends = ends(sorted);
    long[] cost = new long[ends.size() + 1];
    int[] from = new int[ends.size() + 1];
    for (int end = 1; end <= ends.size(); end++) {
      cost[end] = Long.MAX_VALUE;
      for (int begin = 0; begin < end; begin++) {
        int first = begin == 0 ? 0 : ends.get(begin - 1);
        long sum = cost[begin] + cost(sorted.get(first).length(), ends.get(end - 1) - first);
        if (sum < cost[end]) {
          cost[end] = sum;
          from[end] = begin;
        }
      }
    }
    List<List<Span>> parts = new ArrayList<>();
    for (int end = ends.size(); end > 0; end = from[end]) {
      int first = from[end] == 0 ? 0 : ends.get(from[end] - 1);
      parts.add(sorted.subList(first, ends.get(end - 1)));
    }
    Collections.reverse(parts);
    return parts;
  }

  /** Where runs of equal length end. */
  private static List<Integer> ends(List<Span> sorted) {
    return IntStream.rangeClosed(1, sorted.size())
        .filter(n -> n == sorted.size() || sorted.get(n).length() != sorted.get(n - 1).length())
        .boxed()
        .toList();
  }

  private static long cost(long width, long rows) {
    return rows * width * (width + CELL_COST) + BUCKET_COST;
  }
}
