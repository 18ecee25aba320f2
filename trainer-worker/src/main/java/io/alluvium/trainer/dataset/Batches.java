package io.alluvium.trainer.dataset;

import io.alluvium.trainer.base.text.TokenSequence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Orders examples into batches that waste little on padding. */
public final class Batches {
  /** Lengths are sorted within this many batches: little padding, still a shuffled epoch. */
  private static final int BUCKET_BATCHES = 8;

  private Batches() {}

  /**
   * One shuffled epoch. The same items, size and seed give the same batches.
   *
   * @param batch examples per batch, at least 1; the last of a bucket may be smaller
   */
  public static List<List<TrainingItem>> epoch(List<TrainingItem> items, int batch, long seed) {
    Random random = new Random(seed);
    List<TrainingItem> shuffled = new ArrayList<>(items);
    Collections.shuffle(shuffled, random);
    List<List<TrainingItem>> batches = new ArrayList<>();
    for (List<TrainingItem> bucket : pieces(shuffled, batch * BUCKET_BATCHES)) {
      bucket.sort(Comparator.comparingInt(item -> item.tokens().ids().length));
      batches.addAll(pieces(bucket, batch));
    }
    Collections.shuffle(batches, random);
    return batches;
  }

  /**
   * Groups of indexes into the sequences, longest first, so that no padded group has more tokens
   * than the budget; a sequence longer than the budget stands alone.
   */
  public static List<List<Integer>> byTokens(List<TokenSequence> sequences, int budget) {
    List<List<Integer>> groups = new ArrayList<>();
    int longest = 0;
    for (int index : longestFirst(sequences)) {
      int group = groups.size() - 1;
      if (group < 0 || (long) longest * (groups.get(group).size() + 1) > budget) {
        groups.add(new ArrayList<>());
        longest = sequences.get(index).ids().length;
        group++;
      }
      groups.get(group).add(index);
    }
    return groups;
  }

  private static List<Integer> longestFirst(List<TokenSequence> sequences) {
    Comparator<Integer> byLength =
        Comparator.comparingInt(index -> -sequences.get(index).ids().length);
    return IntStream.range(0, sequences.size()).boxed().sorted(byLength).toList();
  }

  private static <T> List<List<T>> pieces(List<T> list, int size) {
    List<List<T>> pieces = new ArrayList<>();
    for (int from = 0; from < list.size(); from += size) {
      pieces.add(new ArrayList<>(list.subList(from, Math.min(list.size(), from + size))));
    }
    return pieces;
  }
}
