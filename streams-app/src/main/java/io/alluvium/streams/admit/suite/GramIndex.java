package io.alluvium.streams.admit.suite;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * From a hash to the items that hold it: open addressing over arrays, 24 bytes for each. One thread
 * adds, any thread looks up without waiting; what is being added is seen late or whole.
 */
final class GramIndex {
  private static final VarHandle HEADS = MethodHandles.arrayElementVarHandle(int[].class);
  private static final int NONE = -1;

  /** A run that more items share is an idiom of their suite and says nothing about any of them. */
  private static final int MOST_ITEMS = 16;

  private volatile Table table = new Table(1 << 10);

  /** How many of these hashes another item may hold: not those that too many hold already. */
  int countable(long... grams) {
    Table present = table;
    return (int) Arrays.stream(grams).filter(gram -> present.holders(gram) < MOST_ITEMS).count();
  }

  /** An item holds this hash, unless too many do. Called by one thread only. */
  void add(long gram, int item) {
    Table present = table;
    if (present.holders(gram) >= MOST_ITEMS) {
      return;
    }
    if ((present.used + 1) * 2 > present.keys.length) {
      present = present.doubled();
      table = present;
    }
    present.add(gram, item);
  }

  /** Tells the consumer each item that holds the hash. */
  void find(long gram, Found found) {
    Table present = table;
    for (int entry = present.head(gram); entry != NONE; entry = present.next[entry]) {
      found.accept(present.items[entry], gram);
    }
  }

  /** Hears of items. */
  interface Found {
    /**
     * An item holds the hash.
     *
     * @param item its number
     * @param gram the hash
     */
    void accept(int item, long gram);
  }

  /** Arrays of one size; a key is valid once its slot's head is there. */
  private static final class Table {
    private final long[] keys;
    private final int[] heads;
    private final int[] items;
    private final int[] next;
    private int used;

    Table(int capacity) {
      keys = new long[capacity];
      heads = new int[capacity];
      items = new int[capacity];
      next = new int[capacity];
      Arrays.fill(heads, NONE);
    }

    Table doubled() {
      Table larger = new Table(keys.length * 2);
      for (int slot = 0; slot < keys.length; slot++) {
        for (int entry = heads[slot]; entry != NONE; entry = next[entry]) {
          larger.add(keys[slot], items[entry]);
        }
      }
      return larger;
    }

    int holders(long gram) {
      int holders = 0;
      for (int entry = head(gram); entry != NONE; entry = next[entry]) {
        holders++;
      }
      return holders;
    }

    void add(long gram, int item) {
      int slot = slot(gram);
      items[used] = item;
      next[used] = heads[slot];
      keys[slot] = gram;
      HEADS.setRelease(heads, slot, used);
      used++;
    }

    /** Reads each head once: between two looks at a free slot another hash may have taken it. */
    int head(long gram) {
      int mask = keys.length - 1;
      for (int slot = (int) gram & mask; ; slot = (slot + 1) & mask) {
        int head = (int) HEADS.getAcquire(heads, slot);
        if (head == NONE || keys[slot] == gram) {
          return head;
        }
      }
    }

    private int slot(long gram) {
      int mask = keys.length - 1;
      int slot = (int) gram & mask;
      while (heads[slot] != NONE && keys[slot] != gram) {
        slot = (slot + 1) & mask;
      }
      return slot;
    }
  }
}
