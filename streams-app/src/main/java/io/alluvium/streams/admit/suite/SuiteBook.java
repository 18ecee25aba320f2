package io.alluvium.streams.admit.suite;

import io.alluvium.schemas.SuiteItem;
import io.alluvium.schemas.suite.SuiteKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Every item of every suite, and when it is guarded: from one log time to another, so that the same
 * log gives the same answers. One thread takes items in, any thread asks.
 */
public final class SuiteBook {
  private final GramIndex index = new GramIndex();
  private final Map<String, Integer> numbers = new HashMap<>();
  private volatile AtomicReferenceArray<Guarded> items = new AtomicReferenceArray<>(1 << 8);
  private volatile int lengths;

  /**
   * An item under guard.
   *
   * @param name suite/item
   * @param length words in each of its runs
   * @param grams how many runs it has
   * @param fromMs first log time, milliseconds since the epoch
   * @param untilMs log time after the last
   */
  record Guarded(String name, int length, int grams, long fromMs, long untilMs) {}

  /**
   * Takes an item in. A second record for the same item changes only until when it is guarded.
   *
   * @return whether it was new
   */
  public synchronized boolean take(SuiteItem item) {
    String name = SuiteKey.of(item);
    Instant until = item.getEffectiveUntil();
    long untilMs = until == null ? Long.MAX_VALUE : until.toEpochMilli();
    Integer known = numbers.get(name);
    if (known != null) {
      Guarded before = items.get(known);
      items.set(known, new Guarded(name, before.length, before.grams, before.fromMs, untilMs));
      return false;
    }
    add(name, item, untilMs);
    return true;
  }

  private void add(String name, SuiteItem item, long untilMs) {
    int number = numbers.size();
    AtomicReferenceArray<Guarded> room = withRoomFor(number);
    long[] grams = item.getGrams().stream().mapToLong(Long::longValue).distinct().toArray();
    int counted = index.countable(grams);
    room.set(
        number,
        new Guarded(
            name, item.getWords(), counted, item.getEffectiveFrom().toEpochMilli(), untilMs));
    items = room;
    numbers.put(name, number);
    Arrays.stream(grams).forEach(gram -> index.add(gram, number));
    lengths |= 1 << item.getWords();
  }

  private AtomicReferenceArray<Guarded> withRoomFor(int number) {
    if (number < items.length()) {
      return items;
    }
    AtomicReferenceArray<Guarded> larger = new AtomicReferenceArray<>(items.length() * 2);
    for (int i = 0; i < items.length(); i++) {
      larger.set(i, items.get(i));
    }
    return larger;
  }

  /** The lengths of runs that occur, one bit each; 0 when there is no item. */
  int lengths() {
    return lengths;
  }

  GramIndex index() {
    return index;
  }

  /** An item by its number. */
  Guarded item(int number) {
    return items.get(number);
  }
}
