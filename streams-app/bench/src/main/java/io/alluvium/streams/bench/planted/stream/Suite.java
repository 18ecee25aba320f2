package io.alluvium.streams.bench.planted.stream;

import io.alluvium.schemas.SuiteItem;
import io.alluvium.schemas.suite.ItemGrams;
import io.alluvium.streams.bench.planted.task.Words;
import io.alluvium.streams.bench.planted.text.Notes;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * An examination that must not be learned, and the ways in which its items leak.
 *
 * @param items their texts
 */
record Suite(List<String> items) {
  private static final int ITEMS = 400;
  private static final int WORDS_PER_CHANGE = 12;

  /** An item as it leaks. */
  record Leak(String form, String text) {}

  static Suite drawn(SplittableRandom random) {
    return new Suite(IntStream.range(0, ITEMS).mapToObj(i -> Notes.exam(random)).toList());
  }

  /** An item word by word, in other case and punctuation, or with some words replaced. */
  Leak leak(SplittableRandom random) {
    String item = Words.of(items, random);
    return switch (random.nextInt(3)) {
      case 0 -> new Leak("quoted", item);
      case 1 -> new Leak("cased", item.toUpperCase(Locale.ROOT).replace(", ", " - "));
      default -> new Leak("paraphrased", paraphrased(item, random));
    };
  }

  /** One word in twelve is another one. */
  private static String paraphrased(String item, SplittableRandom random) {
    String[] words = item.split(" ");
    int changes = words.length / WORDS_PER_CHANGE;
    random
        .ints(0, words.length)
        .distinct()
        .limit(changes)
        .forEach(at -> words[at] = Words.word(random));
    return String.join(" ", Arrays.asList(words));
  }

  /** As the suites topic has them, guarded from the beginning. */
  List<SuiteItem> records() {
    return IntStream.range(0, items.size()).mapToObj(this::item).toList();
  }

  private SuiteItem item(int number) {
    ItemGrams grams = ItemGrams.of(items.get(number)).orElseThrow();
    return SuiteItem.newBuilder()
        .setSuite("planted")
        .setItem(Integer.toString(number))
        .setWords(grams.length())
        .setGrams(grams.grams())
        .setEffectiveFrom(Instant.EPOCH)
        .build();
  }
}
