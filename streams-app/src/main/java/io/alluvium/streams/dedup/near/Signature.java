package io.alluvium.streams.dedup.near;

import io.alluvium.streams.admit.text.Words;
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

  private final Words words = new Words();
  private final int[] least = new int[WHOLE];

  /**
   * Of an example's texts; empty when its response holds no word.
   *
   * @param texts all its texts, the response last
   */
  public short[] of(List<String> texts) {
    String response = texts.get(texts.size() - 1);
    if (words.clear().add(response).count() == 0) {
      return new short[0];
    }
    short[] places = new short[PLACES];
    fill(places, WHOLE, RESPONSE);
    words.clear();
    texts.forEach(words::add);
    fill(places, 0, WHOLE);
    return places;
  }

  private void fill(short[] places, int from, int count) {
    Arrays.fill(least, 0, count, Integer.MAX_VALUE);
    int length = Math.min(RUN_WORDS, words.count());
    for (int i = 0; i + length <= words.count(); i++) {
      lower((int) (words.run(i, length) >>> 32), count);
    }
    for (int i = 0; i < count; i++) {
      places[from + i] = (short) ((least[i] * 0x9E3779B1) >>> 16);
    }
  }

  /** The loop that everything depends on: the compiler makes it eight or sixteen at a time. */
  private void lower(int hash, int count) {
    for (int i = 0; i < count; i++) {
      least[i] = Math.min(least[i], FACTORS[i] * hash + OFFSETS[i]);
    }
  }
}
