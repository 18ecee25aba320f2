package io.alluvium.streams.dedup.exact;

import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A sieve for each slice of time, in front of a store: what no sieve may hold need not be looked
 * for. Where there is no room for sieves everything has to be. Pure.
 */
final class Sieves {
  private final NavigableMap<Long, Sieve> slices = new TreeMap<>();

  /** Of this slice and those before it nothing is known. */
  private long unknownUpToMs = Long.MIN_VALUE;

  /** False when it was surely not added in that slice. */
  boolean mayHold(long sliceMs, Fingerprint fingerprint) {
    if (sliceMs <= unknownUpToMs) {
      return true;
    }
    Sieve sieve = slices.get(sliceMs);
    return sieve != null && sieve.mayHold(fingerprint);
  }

  /**
   * Adds what was seen in a slice, and gives all up that there is when it does not fit.
   *
   * @param most fingerprints in all slices
   */
  void add(long sliceMs, Fingerprint fingerprint, int most) {
    if (sliceMs > unknownUpToMs) {
      slices.computeIfAbsent(sliceMs, slice -> new Sieve()).add(fingerprint);
      if (size() > most) {
        giveUp(slices.lastKey());
      }
    }
  }

  /** Fingerprints in all slices. */
  int size() {
    int size = 0;
    for (Sieve sieve : slices.values()) {
      size += sieve.size();
    }
    return size;
  }

  /** Forgets slices that nobody asks for any more. */
  void forgetBefore(long sliceMs) {
    if (!slices.isEmpty() && slices.firstKey() < sliceMs) {
      slices.headMap(sliceMs).clear();
    }
  }

  /** Knows nothing of a slice and those before it. */
  void giveUp(long upToMs) {
    unknownUpToMs = Math.max(unknownUpToMs, upToMs);
    slices.headMap(upToMs, /* inclusive= */ true).clear();
  }
}
