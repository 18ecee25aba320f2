package io.alluvium.streams.dedup.near;

import io.alluvium.schemas.text.WordHashes;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * MinHash signatures (Broder 1997): the share of equal places of two signatures estimates the
 * Jaccard similarity of the two sets of three-word runs. Two signatures in one: of the whole
 * example, then of its response, because a corrected answer to the same long prompt is no
 * repetition. An object belongs to one thread.
 *
 * <p>Each place is the least of (a·x + b) mod 2^32 over the runs' hashes x, with a odd, and keeps
 * its 16 best mixed bits; places of different runs are equal by chance once in 65,536.
 */
public final class Signature {
  /** Places for the whole example. */
  public static final int WHOLE = 64;

  /** Places for its response. */
  public static final int RESPONSE = 32;

  /** Places in all. */
  public static final int PLACES = WHOLE + RESPONSE;

  private static final int RUN_WORDS = 3;
  private static final int[] FACTORS = new int[WHOLE];
  private static final int[] OFFSETS = new int[WHOLE];

  static {
    // Fixed for ever: stored signatures outlive a release.
    SplittableRandom random = new SplittableRandom(0x416c6c7576L);
    Arrays.setAll(FACTORS, i -> random.nextInt() | 1);
    Arrays.setAll(OFFSETS, i -> random.nextInt());
  }

  private final WordHashes words = new WordHashes();

  /**
   * Of an example's texts; empty when its response holds no word.
   *
   * @param texts all its texts, the response last
   */
  public short[] of(List<String> texts) {
    words.clear();
    int last = texts.size() - 1;
    for (int i = 0; i < last; i++) {
      words.add(texts.get(i));
    }
    int before = words.count();
    int response = words.add(texts.get(last)).count() - before;
    if (response == 0) {
      return new short[0];
    }
    short[] places = new short[PLACES];
    int[] least = highest();
    lower(least, before, words.count(), Math.min(RUN_WORDS, response));
    write(least, places, WHOLE, RESPONSE);
    int length = Math.min(RUN_WORDS, words.count());
    if (response < length) {
      // The response's runs are shorter than those of the whole.
      least = highest();
      lower(least, 0, words.count(), length);
    } else {
      // Its runs are some of those of the whole; what is missing begins before it.
      lower(least, 0, Math.min(before + length - 1, words.count()), length);
    }
    write(least, places, 0, WHOLE);
    return places;
  }

  private static int[] highest() {
    int[] highest = new int[WHOLE];
    Arrays.fill(highest, Integer.MAX_VALUE);
    return highest;
  }

  private static void write(int[] least, short[] places, int from, int count) {
    for (int i = 0; i < count; i++) {
      places[from + i] = (short) ((least[i] * 0x9E3779B1) >>> 16);
    }
  }

  /** Takes in all runs of a length within some words. */
  private void lower(int[] least, int from, int to, int length) {
    for (int i = from; i + length <= to; i++) {
      lower(least, (int) (words.run(i, length) >>> 32));
    }
  }

  /**
   * The loop that everything depends on: the compiler makes it eight or sixteen at a time, which it
   * does not with Math.min. The mask is all ones where the place so far is the smaller one, with an
   * overflow of the difference taken into account (Warren, Hacker's Delight, 2-12).
   */
  private static void lower(int[] least, int hash) {
    for (int i = 0; i < WHOLE; i++) {
      int next = FACTORS[i] * hash + OFFSETS[i];
      int before = least[i];
      int difference = before - next;
      int isSmaller = (difference ^ ((before ^ next) & (difference ^ before))) >> 31;
      least[i] = next ^ ((before ^ next) & isSmaller);
    }
  }
}
