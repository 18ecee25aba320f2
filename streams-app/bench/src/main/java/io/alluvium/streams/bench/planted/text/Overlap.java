package io.alluvium.streams.bench.planted.text;

import io.alluvium.streams.bench.planted.task.Task;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Jaccard similarity of the sets of three-word runs, in the obvious way. */
public final class Overlap {
  private static final int RUN = 3;
  private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

  private Overlap() {}

  /** Of what a person reads: compatibility forms and case aside. */
  public static Set<String> runs(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    List<String> words = BETWEEN.splitAsStream(plain).filter(word -> !word.isEmpty()).toList();
    Set<String> runs = new HashSet<>();
    int length = Math.min(RUN, words.size());
    for (int i = 0; i + length <= words.size(); i++) {
      runs.add(String.join(" ", words.subList(i, i + length)));
    }
    return runs;
  }

  /** Shared runs over all runs. */
  public static double of(Set<String> one, Set<String> other) {
    long shared = one.stream().filter(other::contains).count();
    long all = one.size() + other.size() - shared;
    return all == 0 ? 1 : (double) shared / all;
  }

  /** The smaller one of the similarities of the whole and of the answers. */
  public static double least(Task one, Task other) {
    return Math.min(
        of(runs(one.text()), runs(other.text())),
        of(runs(one.completion()), runs(other.completion())));
  }
}
