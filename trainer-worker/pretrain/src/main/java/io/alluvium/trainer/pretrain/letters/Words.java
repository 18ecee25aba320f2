package io.alluvium.trainer.pretrain.letters;

import java.util.random.RandomGenerator;

/** Pronounceable words that mean nothing. */
public final class Words {
  private static final String CONSONANTS = "bdfgklmnprstvz";
  private static final String VOWELS = "aeiou";

  private Words() {}

  /** A word of two or three syllables, sometimes closed by a consonant: 4 to 7 letters. */
  public static String word(RandomGenerator random) {
    StringBuilder word = new StringBuilder();
    int syllables = random.nextInt(2, 4);
    for (int i = 0; i < syllables; i++) {
      word.append(pick(CONSONANTS, random)).append(pick(VOWELS, random));
    }
    if (random.nextInt(2) == 0) {
      word.append(pick(CONSONANTS, random));
    }
    return word.toString();
  }

  private static char pick(String letters, RandomGenerator random) {
    return letters.charAt(random.nextInt(letters.length()));
  }
}
