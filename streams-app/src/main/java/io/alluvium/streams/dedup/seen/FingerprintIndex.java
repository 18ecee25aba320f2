package io.alluvium.streams.dedup.seen;

import io.alluvium.streams.dedup.exact.Fingerprint;
import java.util.function.LongPredicate;

/**
 * In which blocks a fingerprint may be: 32 of its bits beside the block's number, in a hash table
 * that grows, 8 bytes each at a load of three eighths to three quarters. Of n fingerprints that
 * were never added so many have a candidate as share these bits with one that was, n in 2^32. Pure.
 */
final class FingerprintIndex {
  private static final int FIRST_BITS = 10;
  private static final long FREE = 0;
  private static final long LOW = 0xffff_ffffL;

  private long[] slots = new long[1 << FIRST_BITS];
  private int bits = FIRST_BITS;
  private int size;

  /** Entries. */
  int size() {
    return size;
  }

  /**
   * Adds a place.
   *
   * @param block from 1, below 2^32
   */
  void add(Fingerprint fingerprint, long block) {
    if (++size > slots.length / 4 * 3) {
      grow();
    }
    put(entry(fingerprint, block));
  }

  /** Takes a place away again; nothing happens where it is not. */
  void remove(Fingerprint fingerprint, long block) {
    long entry = entry(fingerprint, block);
    int slot = home(entry);
    while (slots[slot] != FREE && slots[slot] != entry) {
      slot = next(slot);
    }
    if (slots[slot] == entry) {
      size--;
      close(slot);
    }
  }

  /** Whether any block that the fingerprint may be in is one that is looked for. */
  boolean any(Fingerprint fingerprint, LongPredicate block) {
    long mark = mark(fingerprint);
    for (int slot = home(mark << Integer.SIZE); slots[slot] != FREE; slot = next(slot)) {
      if (slots[slot] >>> Integer.SIZE == mark && block.test(slots[slot] & LOW)) {
        return true;
      }
    }
    return false;
  }

  /** Fills a hole with what would no longer be found behind it (Knuth's algorithm 6.4 R). */
  private void close(int hole) {
    int empty = hole;
    slots[empty] = FREE;
    for (int slot = next(hole); slots[slot] != FREE; slot = next(slot)) {
      int away = (slot - home(slots[slot])) & (slots.length - 1);
      if (away >= ((slot - empty) & (slots.length - 1))) {
        slots[empty] = slots[slot];
        slots[slot] = FREE;
        empty = slot;
      }
    }
  }

  private void put(long entry) {
    int slot = home(entry);
    while (slots[slot] != FREE) {
      slot = next(slot);
    }
    slots[slot] = entry;
  }

  private void grow() {
    long[] before = slots;
    slots = new long[before.length * 2];
    bits++;
    for (long entry : before) {
      if (entry != FREE) {
        put(entry);
      }
    }
  }

  private static long entry(Fingerprint fingerprint, long block) {
    return (mark(fingerprint) << Integer.SIZE) | (block & LOW);
  }

  /** Bits of a hash already. */
  private static long mark(Fingerprint fingerprint) {
    return fingerprint.low() & LOW;
  }

  private int home(long entry) {
    return (int) (entry >>> (Long.SIZE - bits));
  }

  private int next(int slot) {
    return (slot + 1) & (slots.length - 1);
  }
}
