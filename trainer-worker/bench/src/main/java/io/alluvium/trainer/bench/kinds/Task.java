package io.alluvium.trainer.bench.kinds;

import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.model.text.ExampleTokenizer;
import io.alluvium.trainer.model.text.TokenSequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Something that the shipped base cannot do, as records to learn from and others to measure with.
 *
 * @param items to learn from
 * @param heldOut other records of the same
 */
record Task(List<TrainingItem> items, List<TokenSequence> heldOut) {
  private static final int ITEMS = 256;
  private static final int HELD_OUT = 64;
  private static final int SHORTEST = 3;
  private static final int LONGEST = 6;

  /** {@code shift abz:} is {@code bca}. */
  static Task shifting(ExampleTokenizer tokenizer, long seed) {
    return of(
        tokenizer,
        seed,
        "shift",
        letters -> {
          StringBuilder answer = new StringBuilder();
          letters.chars().forEach(c -> answer.append((char) ('a' + (c - 'a' + 1) % 26)));
          return answer.toString();
        });
  }

  /** {@code double abz:} is {@code aabbzz}. */
  static Task doubling(ExampleTokenizer tokenizer, long seed) {
    return of(
        tokenizer,
        seed,
        "double",
        letters -> {
          StringBuilder answer = new StringBuilder();
          letters.chars().forEach(c -> answer.append((char) c).append((char) c));
          return answer.toString();
        });
  }

  private static Task of(
      ExampleTokenizer tokenizer, long seed, String verb, UnaryOperator<String> answer) {
    Random random = new Random(seed);
    Set<String> known = new HashSet<>();
    List<TrainingItem> items = new ArrayList<>();
    List<TokenSequence> heldOut = new ArrayList<>();
    while (items.size() < ITEMS) {
      String letters = letters(random);
      if (known.add(letters)) {
        TokenSequence tokens =
            tokenizer.encode(verb + " " + letters + ":", " " + answer.apply(letters));
        if (heldOut.size() < HELD_OUT) {
          heldOut.add(tokens);
        } else {
          items.add(new TrainingItem(letters, tokens, 1));
        }
      }
    }
    return new Task(items, heldOut);
  }

  private static String letters(Random random) {
    StringBuilder letters = new StringBuilder();
    int length = SHORTEST + random.nextInt(LONGEST - SHORTEST + 1);
    for (int n = 0; n < length; n++) {
      letters.append((char) ('a' + random.nextInt(26)));
    }
    return letters.toString();
  }
}
