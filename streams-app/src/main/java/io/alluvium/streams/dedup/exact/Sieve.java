package io.alluvium.streams.dedup.exact;

/**
 * Which fingerprints were surely not added: a hash set of 32 of their bits, 4 to 8 bytes each. So
 * many of n new ones are mistaken for added as have these bits in common with one of them, n in
 * 2^32. Grows. Pure.
 */
final class Sieve {
  private static final int FIRST_BITS = 10;
  private static final int FREE = 0;

  private int[] slots = new int[1 << FIRST_BITS];
  private int bits = FIRST_BITS;
  private int size;

  /** Fingerprints in it, those that are alike in 32 bits counted once. */
  int size() {
    return size;
  }

  /** Adds one. */
  void add(Fingerprint fingerprint) {
    if (put(mark(fingerprint))) {
      size++;
    }
    if (size > slots.length / 4 * 3) {
      grow();
    }
  }

  /** False when it was never added. */
  boolean mayHold(Fingerprint fingerprint) {
    int mark = mark(fingerprint);
    int slot = home(mark);
    while (slots[slot] != mark && slots[slot] != FREE) {
      slot = next(slot);
    }
    return slots[slot] == mark;
  }

  private boolean put(int mark) {
    int slot = home(mark);
    while (slots[slot] != FREE) {
      if (slots[slot] == mark) {
        return false;
      }
      slot = next(slot);
    }
    slots[slot] = mark;
    return true;
  }

  private void grow() {
    int[] before = slots;
    slots = new int[before.length * 2];
    bits++;
    for (int mark : before) {
      if (mark != FREE) {
        put(mark);
      }
    }
  }

  /** Bits of a hash already; zero is taken for one, which stands for a free slot. */
  private static int mark(Fingerprint fingerprint) {
    int mark = (int) fingerprint.low();
    return mark == FREE ? 1 : mark;
  }

  private int home(int mark) {
    return mark >>> (Integer.SIZE - bits);
  }

  private int next(int slot) {
    return (slot + 1) & (slots.length - 1);
  }
}
