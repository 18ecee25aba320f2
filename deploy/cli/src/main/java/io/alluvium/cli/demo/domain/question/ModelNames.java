package io.alluvium.cli.demo.domain.question;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Names of product models: four letters that can be spoken and mean nothing. */
public final class ModelNames {
  private static final String CONSONANTS = "bdfgklmnprstvz";
  private static final String VOWELS = "aeiou";

  private ModelNames() {}

  /** Different names of two syllables. */
  public static List<String> drawn(int count, RandomGenerator random) {
    Set<String> names = new LinkedHashSet<>();
    while (names.size() < count) {
      names.add(syllable(random) + syllable(random));
    }
    return new ArrayList<>(names);
  }

  private static String syllable(RandomGenerator random) {
    return "" + letter(CONSONANTS, random) + letter(VOWELS, random);
  }

  private static char letter(String letters, RandomGenerator random) {
    return letters.charAt(random.nextInt(letters.length()));
  }
}
