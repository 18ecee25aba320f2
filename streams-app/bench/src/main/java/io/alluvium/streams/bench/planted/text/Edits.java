package io.alluvium.streams.bench.planted.text;

import io.alluvium.streams.bench.planted.task.Task;
import io.alluvium.streams.bench.planted.task.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Repetitions as people and programs make them: other words, case, white space, punctuation, forms
 * of Unicode. Answers stay at a Jaccard similarity of 0.8 and more.
 */
public final class Edits {
  /** Least similarity of a repetition and its original. */
  public static final double LEAST = 0.8;

  private static final int MOST_TRIES = 12;

  private Edits() {}

  /** The kinds. */
  private enum Kind {
    REPLACE,
    INSERT,
    DELETE,
    SWAP,
    CASE,
    SPACE,
    PUNCTUATION,
    UNICODE
  }

  /**
   * A repetition.
   *
   * @param task its text
   * @param kinds which kinds of edits were made, joined by +
   */
  public record Edited(Task task, String kinds) {}

  /** One to four edits that leave the text at least as similar as {@link #LEAST}. */
  public static Edited of(Task original, SplittableRandom random) {
    int wanted = random.nextInt(1, 5);
    List<Kind> made = new ArrayList<>();
    Task edited = original;
    for (int i = 0; i < MOST_TRIES && made.size() < wanted; i++) {
      Kind kind = Words.of(List.of(Kind.values()), random);
      Task next =
          random.nextInt(4) == 0 ? inPrompt(edited, kind, random) : inAnswer(edited, kind, random);
      if (!next.equals(edited) && Overlap.least(original, next) >= LEAST) {
        edited = next;
        made.add(kind);
      }
    }
    if (made.isEmpty()) {
      edited = new Task(original.prompt().toUpperCase(Locale.ROOT), original.completion());
      made.add(Kind.CASE);
    }
    String kinds =
        made.stream()
            .distinct()
            .sorted()
            .map(kind -> kind.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining("+"));
    return new Edited(edited, kinds);
  }

  private static Task inPrompt(Task task, Kind kind, SplittableRandom random) {
    return new Task(edited(task.prompt(), kind, random), task.completion());
  }

  private static Task inAnswer(Task task, Kind kind, SplittableRandom random) {
    return new Task(task.prompt(), " " + edited(task.completion().strip(), kind, random));
  }

  private static String edited(String text, Kind kind, SplittableRandom random) {
    List<String> words = new ArrayList<>(Arrays.asList(text.split(" ")));
    int at = random.nextInt(words.size());
    String word = words.get(at);
    switch (kind) {
      case REPLACE -> words.set(at, Words.word(random));
      case INSERT -> words.add(at, Words.of(List.of("also", "then", "very", "really"), random));
      case DELETE -> words.remove(at);
      case SWAP -> words.set(at, words.set((at + 1) % words.size(), word));
      case CASE -> words.set(at, cased(word, random));
      case SPACE -> words.set(at, word + Words.of(List.of(" ", "\t", "\n", "  "), random));
      case PUNCTUATION -> words.set(at, word + Words.of(List.of("!", ",", " -", "..."), random));
      case UNICODE -> words.set(at, wide(word, random));
    }
    return String.join(" ", words);
  }

  private static String cased(String word, SplittableRandom random) {
    return random.nextBoolean()
        ? word.toUpperCase(Locale.ROOT)
        : word.substring(0, Math.min(1, word.length())).toUpperCase(Locale.ROOT)
            + word.substring(Math.min(1, word.length()));
  }

  /** Full-width letters, or a blank that does not break. */
  private static String wide(String word, SplittableRandom random) {
    return random.nextBoolean()
        ? word.chars()
            .mapToObj(c -> String.valueOf((char) (c > ' ' && c <= '~' ? c + 0xFEE0 : c)))
            .collect(Collectors.joining())
        : word + "\u00a0";
  }
}
