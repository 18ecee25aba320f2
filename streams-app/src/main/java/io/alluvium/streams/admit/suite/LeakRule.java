package io.alluvium.streams.admit.suite;

import io.alluvium.schemas.text.WordHashes;
import java.util.Arrays;
import java.util.Optional;

/**
 * Does an example hold an item of a suite? It does when it holds at least a stated share of the
 * item's distinct runs of words, wherever they stand. An object belongs to one thread.
 */
public final class LeakRule {
  private static final int LONGEST = 31;

  private final SuiteBook book;
  private final SuiteConfig config;
  private final WordHashes words = new WordHashes();
  private long[] grams = new long[64];
  private int[] hitItems = new int[64];
  private int hits;

  /** Over these suites. */
  public LeakRule(SuiteBook book, SuiteConfig config) {
    this.book = book;
    this.config = config;
  }

  /**
   * The leaked item as evidence, or empty. Its text does not show.
   *
   * @param texts all texts of the example, in order
   * @param logTimeMs log time, milliseconds since the epoch
   */
  public Optional<String> check(Iterable<String> texts, long logTimeMs) {
    int lengths = book.lengths();
    if (lengths == 0 || config.share() > 1) {
      return Optional.empty();
    }
    words.clear();
    texts.forEach(words::add);
    hits = 0;
    for (int length = 1; length <= LONGEST; length++) {
      if ((lengths & 1 << length) != 0) {
        collect(length);
      }
    }
    return hits == 0 ? Optional.empty() : leaked(logTimeMs);
  }

  private void collect(int length) {
    GramIndex index = book.index();
    for (int from = 0; from + length <= words.count(); from++) {
      index.find(words.run(from, length), this::hit);
    }
  }

  private void hit(int item, long gram) {
    for (int i = 0; i < hits; i++) {
      if (grams[i] == gram && hitItems[i] == item) {
        return;
      }
    }
    if (hits == grams.length) {
      grams = Arrays.copyOf(grams, hits * 2);
      hitItems = Arrays.copyOf(hitItems, hits * 2);
    }
    grams[hits] = gram;
    hitItems[hits++] = item;
  }

  private Optional<String> leaked(long logTimeMs) {
    int[] sorted = Arrays.copyOf(hitItems, hits);
    Arrays.sort(sorted);
    for (int start = 0, end = 0; start < hits; start = end) {
      while (end < hits && sorted[end] == sorted[start]) {
        end++;
      }
      SuiteBook.Guarded item = book.item(sorted[start]);
      if (item.guardedAt(logTimeMs) && end - start >= Math.ceil(config.share() * item.grams())) {
        return Optional.of(
            "holds %d of %d runs of %d words of suite item %s"
                .formatted(end - start, item.grams(), item.length(), item.name()));
      }
    }
    return Optional.empty();
  }
}
