package io.alluvium.streams.bench.planted.task;

import java.util.List;
import java.util.SplittableRandom;

/** Words that mean nothing, drawn like the shipped base's. */
public final class Words {
  private static final String CONSONANTS = "bdfgklmnprstvz";
  private static final String VOWELS = "aeiou";

  private Words() {}

  /** A word of two or three syllables, sometimes closed by a consonant. */
  public static String word(SplittableRandom random) {
    StringBuilder word = new StringBuilder();
    int syllables = random.nextInt(2, 4);
    for (int i = 0; i < syllables; i++) {
      word.append(drawn(CONSONANTS, 1, random)).append(drawn(VOWELS, 1, random));
    }
    return word.append(random.nextBoolean() ? drawn(CONSONANTS, 1, random) : "").toString();
  }

  /** Three to six letters. */
  public static String letters(SplittableRandom random) {
    return drawn("abcdefghijklmnopqrstuvwxyz", random.nextInt(3, 7), random);
  }

  /** So many characters of a text, drawn one by one. */
  public static String drawn(String from, int count, SplittableRandom random) {
    StringBuilder drawn = new StringBuilder();
    for (int i = 0; i < count; i++) {
      drawn.append(from.charAt(random.nextInt(from.length())));
    }
    return drawn.toString();
  }

  /** One of these. */
  public static <T> T of(List<T> some, SplittableRandom random) {
    return some.get(random.nextInt(some.size()));
  }
}
