package io.alluvium.trainer.finetune.growth;

import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * The trained entries of one matrix, and the choice of other ones (Ansell et al. 2024, SpIEL with
 * accumulated gradients). Deterministic: of equals the one that stands earlier in the matrix comes
 * first. Pure.
 *
 * @param places row · columns + column, ascending
 * @param values what is added to W there
 * @param first AdamW's first moments
 * @param second its second moments
 */
@SuppressWarnings("ArrayRecordComponent") // a value that is read once
record Entries(int[] places, float[] values, float[] first, float[] second) {

  /**
   * What a grown entry begins with.
   *
   * @param steps that gradients were summed up over
   * @param first share of the mean gradient that the first moment would have reached
   * @param second share of its square that the second moment would have reached
   */
  record Seed(int steps, double first, double second) {}

  /**
   * As many entries, of which some are others: those that changed least since they were grown, at
   * zero, are dropped, and the same number is grown where the summed gradient is largest. One that
   * would be dropped and grown at once stays as it is.
   *
   * @param sums of the gradients of all entries of the matrix
   * @param number to be dropped, at most all
   */
  Entries chosen(float[] sums, int number, Seed seed) {
    boolean[] stays = staying(sums.length, number);
    int[] chosen = grown(sums, stays, number);
    int at = number;
    chosen = Arrays.copyOf(chosen, places.length);
    for (int place : places) {
      if (stays[place]) {
        chosen[at++] = place;
      }
    }
    Arrays.sort(chosen);
    return at(chosen, sums, seed);
  }

  private boolean[] staying(int size, int dropped) {
    long[] least = new long[values.length];
    for (int n = 0; n < least.length; n++) {
      least[n] = key(values[n], n);
    }
    Arrays.sort(least);
    boolean[] stays = new boolean[size];
    for (int n = dropped; n < least.length; n++) {
      stays[places[(int) least[n]]] = true;
    }
    return stays;
  }

  private static int[] grown(float[] sums, boolean[] stays, int number) {
    PriorityQueue<Long> largest = new PriorityQueue<>(number + 1);
    for (int place = 0; place < sums.length; place++) {
      if (!stays[place]) {
        long key = key(sums[place], Integer.MAX_VALUE - place);
        if (largest.size() < number) {
          largest.add(key);
        } else if (number > 0 && key > largest.element()) {
          largest.remove();
          largest.add(key);
        }
      }
    }
    return largest.stream().mapToInt(key -> Integer.MAX_VALUE - key.intValue()).toArray();
  }

  /** Orders by size, then by number. */
  private static long key(float value, int number) {
    return (long) Float.floatToIntBits(Math.abs(value)) << Integer.SIZE | number;
  }

  private Entries at(int[] chosen, float[] sums, Seed seed) {
    int size = chosen.length;
    Entries result = new Entries(chosen, new float[size], new float[size], new float[size]);
    for (int n = 0; n < size; n++) {
      int before = Arrays.binarySearch(places, chosen[n]);
      if (before >= 0) {
        result.values[n] = values[before];
        result.first[n] = first[before];
        result.second[n] = second[before];
      } else {
        double mean = sums[chosen[n]] / (double) seed.steps();
        result.first[n] = (float) (mean * seed.first());
        result.second[n] = (float) (mean * mean * seed.second());
      }
    }
    return result;
  }
}
