package io.alluvium.schemas.suite;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The items of one suite, told from the form of its questions.
 *
 * <p>Questions of one task often share their words: an instruction before each, the same closing
 * after it. A stream that teaches the task shares them too and holds no item for that. So a run of
 * words that many items of a suite share says nothing about any of them and counts for none: that
 * is more than {@value #MOST} items, or in a small suite more than a quarter, but at least three.
 * Items that have no run of their own left cannot be told from the task, and are none.
 */
public final class SuiteGrams {
  private static final int MOST = 16;
  private static final int FEWEST = 3;
  private static final int QUARTER = 4;

  private SuiteGrams() {}

  /**
   * Of a whole suite.
   *
   * @param texts prompt and answer of each item
   * @return one entry for each text, in order; empty where it cannot be recognised
   */
  public static List<Optional<ItemGrams>> of(List<String> texts) {
    List<Optional<ItemGrams>> items = texts.stream().map(ItemGrams::of).toList();
    Set<Long> form = form(items);
    return items.stream().map(item -> item.flatMap(whole -> without(form, whole))).toList();
  }

  /** An item that stands in a suite twice is still one. */
  private static Set<Long> form(List<Optional<ItemGrams>> items) {
    Set<ItemGrams> distinct = new HashSet<>();
    items.forEach(item -> item.ifPresent(distinct::add));
    Map<Long, Integer> holders = new HashMap<>();
    distinct.forEach(item -> item.grams().forEach(gram -> holders.merge(gram, 1, Integer::sum)));
    int most = Math.min(MOST, Math.max(FEWEST - 1, distinct.size() / QUARTER));
    holders.values().removeIf(count -> count <= most);
    return holders.keySet();
  }

  private static Optional<ItemGrams> without(Set<Long> form, ItemGrams item) {
    List<Long> own = item.grams().stream().filter(gram -> !form.contains(gram)).toList();
    return own.isEmpty() ? Optional.empty() : Optional.of(new ItemGrams(item.length(), own));
  }
}
