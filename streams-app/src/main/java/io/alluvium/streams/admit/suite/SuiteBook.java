package io.alluvium.streams.admit.suite;

import io.alluvium.schemas.SuiteItem;
import io.alluvium.schemas.suite.SuiteKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
  private int added;

  /**
   * An item under guard.
   *
   * @param name suite/item
   * @param length words in each of its runs
   * @param grams how many runs it has
   * @param content hash of its runs
   * @param times when it is guarded, in order
   */
  record Guarded(String name, int length, int grams, int content, List<Span> times) {
    boolean guardedAt(long logTimeMs) {
      return times.stream().anyMatch(time -> time.fromMs <= logTimeMs && logTimeMs < time.untilMs);
    }

    Guarded at(List<Span> other) {
      return new Guarded(name, length, grams, content, other);
    }
  }

  /**
   * A time.
   *
   * @param fromMs first log time, milliseconds since the epoch
   * @param untilMs log time after the last
   */
  record Span(long fromMs, long untilMs) {
    static Span of(SuiteItem item) {
      Instant until = item.getEffectiveUntil();
      return new Span(
          item.getEffectiveFrom().toEpochMilli(),
          until == null ? Long.MAX_VALUE : until.toEpochMilli());
    }

    Span endingBy(long otherMs) {
      return new Span(fromMs, Math.min(untilMs, otherMs));
    }

    Span endingAt(long otherMs) {
      return new Span(fromMs, otherMs);
    }
  }

  /**
   * Takes an item in. A second record of the same words says anew until when it is guarded, or that
   * it is so again; one of other words takes the item's place from when it is guarded on.
   *
   * @return whether its words were new
   */
  public synchronized boolean take(SuiteItem item) {
    String name = SuiteKey.of(item);
    Span time = Span.of(item);
    Integer known = numbers.get(name);
    if (known != null && items.get(known).content() == content(item)) {
      again(known, time);
      return false;
    }
    if (known != null) {
      cut(known, time.fromMs());
    }
    add(name, item, time);
    return true;
  }

  /** The record of this name is gone from its topic: the item is guarded no more. */
  synchronized void drop(String name) {
    Integer known = numbers.get(name);
    if (known != null) {
      items.set(known, items.get(known).at(List.of()));
    }
  }

  private void again(int number, Span time) {
    Guarded before = items.get(number);
    List<Span> times = new ArrayList<>(before.times());
    int last = times.size() - 1;
    if (last >= 0 && time.fromMs() <= times.get(last).untilMs()) {
      times.set(last, times.get(last).endingAt(time.untilMs()));
    } else {
      times.add(time);
    }
    items.set(number, before.at(List.copyOf(times)));
  }

  private void cut(int number, long fromMs) {
    Guarded before = items.get(number);
    items.set(number, before.at(before.times().stream().map(t -> t.endingBy(fromMs)).toList()));
  }

  /** In no order, as the item has none. */
  private static int content(SuiteItem item) {
    return 31 * item.getWords() + new HashSet<>(item.getGrams()).hashCode();
  }

  private void add(String name, SuiteItem item, Span time) {
    int number = added++;
    AtomicReferenceArray<Guarded> room = withRoomFor(number);
    long[] grams = item.getGrams().stream().mapToLong(Long::longValue).distinct().toArray();
    int counted = index.countable(grams);
    room.set(number, new Guarded(name, item.getWords(), counted, content(item), List.of(time)));
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
