package io.alluvium.cli.verify.finding;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Texts by 64 bits of their SHA-256, 16 to 32 bytes each: among ten million the chance that any two
 * are taken for one is 3 in a million.
 */
public final class HashedSet {
  private long[] slots = new long[1024];
  private int size;

  /** Adds a text, and says whether it was missing. */
  public boolean add(String text) {
    if (size * 2 >= slots.length) {
      grow();
    }
    return insert(hash(text));
  }

  /** Whether a text is in. */
  public boolean contains(String text) {
    long hash = hash(text);
    return slots[slot(hash)] == hash;
  }

  private boolean insert(long hash) {
    int slot = slot(hash);
    if (slots[slot] == hash) {
      return false;
    }
    slots[slot] = hash;
    size++;
    return true;
  }

  /** Where a hash is or would be put. */
  private int slot(long hash) {
    int slot = (int) hash & (slots.length - 1);
    while (slots[slot] != 0 && slots[slot] != hash) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[old.length * 2];
    size = 0;
    for (long hash : old) {
      if (hash != 0) {
        insert(hash);
      }
    }
  }

  /** Zero marks a free slot, so no text may have it. */
  private static long hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong() | 1L << 63;
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
