package io.alluvium.trainer.dataset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

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

  private static <T> List<List<T>> pieces(List<T> list, int size) {
    List<List<T>> pieces = new ArrayList<>();
    for (int from = 0; from < list.size(); from += size) {
      pieces.add(new ArrayList<>(list.subList(from, Math.min(list.size(), from + size))));
    }
    return pieces;
  }
}
