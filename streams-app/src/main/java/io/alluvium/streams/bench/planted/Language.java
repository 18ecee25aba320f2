package io.alluvium.streams.bench.planted;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Invented words and sentences of a domain; the same for the same seed and name. */
final class Language {
  private static final int WORDS = 400;
  private static final int DIMENSIONS = 32;
  private static final List<String> FUNCTION =
      List.of("the", "of", "and", "to", "in", "is", "it", "with", "for", "on", "then", "when");
  private static final String[] CONSONANTS = "b d f g k l m n p r s t v z".split(" ");
  private static final String[] VOWELS = "a e i o u".split(" ");

  private final String name;
  private final List<String> words = new ArrayList<>();
  private final double[] centre = new double[DIMENSIONS];

  Language(String name, long seed) {
    this.name = name;
    SplittableRandom random = new SplittableRandom(seed ^ name.hashCode() * 0x9E3779B97F4A7C15L);
    while (words.size() < WORDS) {
      words.add(word(random));
    }
    for (int i = 0; i < DIMENSIONS; i++) {
      centre[i] = random.nextGaussian();
    }
  }

  String name() {
    return name;
  }

  private static String word(SplittableRandom random) {
    StringBuilder word = new StringBuilder();
    int syllables = 2 + random.nextInt(3);
    for (int i = 0; i < syllables; i++) {
      word.append(CONSONANTS[random.nextInt(CONSONANTS.length)])
          .append(VOWELS[random.nextInt(VOWELS.length)]);
    }
    return word.toString();
  }

  /** So many words, every third a function word on average; frequent words come more often. */
  String text(SplittableRandom random, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : " ").append(word(random, i));
    }
    return text.append('.').toString();
  }

  private String word(SplittableRandom random, int place) {
    if (place % 3 == 1) {
      return FUNCTION.get(random.nextInt(FUNCTION.size()));
    }
    double share = random.nextDouble();
    return words.get((int) (share * share * WORDS));
  }

  /** A unit vector near the domain's own. */
  List<Float> embedding(SplittableRandom random, double noise) {
    double[] vector = new double[DIMENSIONS];
    double squares = 0;
    for (int i = 0; i < DIMENSIONS; i++) {
      vector[i] = centre[i] + noise * random.nextGaussian();
      squares += vector[i] * vector[i];
    }
    List<Float> unit = new ArrayList<>(DIMENSIONS);
    for (double value : vector) {
      unit.add((float) (value / Math.sqrt(squares)));
    }
    return unit;
  }
}
