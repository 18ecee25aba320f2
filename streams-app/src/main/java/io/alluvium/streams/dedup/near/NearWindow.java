package io.alluvium.streams.dedup.near;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An adapter's latest signatures, found by band: a ring of entries, and for each band a chained
 * hash table over it. Grows up to its capacity; about 450 bytes an entry at four rows a band.
 * Belongs to one thread.
 *
 * <p>Two windows with the same entries give the same answers in whatever order they were filled.
 */
public final class NearWindow {
  private static final int NONE = -1;
  private static final int FIRST_SLOTS = 16;
  private static final double FIRST_SIMILARITY = 0.8;

  private final int capacity;
  private Banding banding = Banding.of(FIRST_SIMILARITY);
  private long nextSequence;
  private @Nullable Entry[] entries = new Entry[FIRST_SLOTS];
  private int[] heads = new int[0];
  private int[] next = new int[0];

  /** Of each entry's bands, so that most that only share a bucket are told apart at once. */
  private int[] hashes = new int[0];

  private int[] asked = new int[FIRST_SLOTS];
  private int question;

  /**
   * Empty.
   *
   * @param capacity most entries; each further one takes the place of the oldest
   */
  public NearWindow(int capacity) {
    this.capacity = capacity;
    rebuild();
  }

  /** An example that was let through. */
  public static final class Entry {
    private final long sequence;
    private final long timeMs;
    private final long offset;
    private final short[] signature;

    /**
     * Takes the signature without copying it.
     *
     * @param sequence its number within its adapter, from 0
     * @param timeMs log time, milliseconds since the epoch
     * @param offset where it stands in its partition
     * @param signature its places, not changed any more
     */
    public Entry(long sequence, long timeMs, long offset, short[] signature) {
      this.sequence = sequence;
      this.timeMs = timeMs;
      this.offset = offset;
      this.signature = signature;
    }

    /** Its number within its adapter, from 0. */
    public long sequence() {
      return sequence;
    }

    /** Log time, milliseconds since the epoch. */
    public long timeMs() {
      return timeMs;
    }

    /** Where it stands in its partition. */
    public long offset() {
      return offset;
    }

    /** Its places. */
    short[] signature() {
      return signature;
    }
  }

  /**
   * What an example repeats.
   *
   * @param entry the earlier one
   * @param agreeing places of the whole example in which both agree
   */
  public record Match(Entry entry, int agreeing) {}

  /**
   * Which entries count.
   *
   * @param sinceSequence the first number
   * @param sinceMs the first log time, milliseconds since the epoch
   */
  public record Reach(long sinceSequence, long sinceMs) {}

  /** Entries in it. */
  int size() {
    return (int) Math.min(nextSequence, capacity);
  }

  /** The number of the next example. */
  public long nextSequence() {
    return nextSequence;
  }

  /**
   * The entry that agrees most; of several the first.
   *
   * @param wanted how signatures are compared; another than before has the tables made anew
   * @param reach which entries count
   */
  public Optional<Match> find(short[] signature, Banding wanted, Reach reach) {
    if (!wanted.equals(banding)) {
      banding = wanted;
      rebuild();
    }
    question++;
    Match best = null;
    for (int band = 0; band < banding.bands(); band++) {
      int hash = hash(signature, band);
      for (int slot = heads[bucket(hash, band)]; slot != NONE; slot = next(slot, band)) {
        if (hashes[slot * banding.bands() + band] == hash
            && asked[slot] != question
            && agreesIn(band, entry(slot).signature, signature)) {
          asked[slot] = question;
          best = better(best, entry(slot), signature, reach);
        }
      }
    }
    return Optional.ofNullable(best);
  }

  private @Nullable Match better(
      @Nullable Match best, Entry entry, short[] signature, Reach reach) {
    if (entry.sequence < reach.sinceSequence || entry.timeMs < reach.sinceMs) {
      return best;
    }
    int agreeing = agreeing(entry.signature, signature, 0, Signature.WHOLE);
    if (agreeing < banding.leastWhole() || isWorse(best, entry, agreeing)) {
      return best;
    }
    int response = agreeing(entry.signature, signature, Signature.WHOLE, Signature.PLACES);
    return response < banding.leastResponse() ? best : new Match(entry, agreeing);
  }

  private static boolean isWorse(@Nullable Match best, Entry entry, int agreeing) {
    return best != null
        && (agreeing < best.agreeing
            || (agreeing == best.agreeing && entry.sequence > best.entry.sequence));
  }

  /** Not all that share a hash share a band. */
  private boolean agreesIn(int band, short[] one, short[] other) {
    int from = band * banding.rows();
    return agreeing(one, other, from, from + banding.rows()) == banding.rows();
  }

  private static int agreeing(short[] one, short[] other, int from, int to) {
    int agreeing = 0;
    for (int i = from; i < to; i++) {
      agreeing += one[i] == other[i] ? 1 : 0;
    }
    return agreeing;
  }

  /** Remembers an example in the place of the one that is older by the capacity. */
  public void add(Entry entry) {
    int slot = (int) (entry.sequence % capacity);
    while (slot >= entries.length) {
      grow();
    }
    if (entries[slot] != null) {
      unlink(slot);
    }
    entries[slot] = entry;
    nextSequence = Math.max(nextSequence, entry.sequence + 1);
    link(slot);
  }

  private void link(int slot) {
    for (int band = 0; band < banding.bands(); band++) {
      int hash = hash(entry(slot).signature, band);
      int bucket = bucket(hash, band);
      hashes[slot * banding.bands() + band] = hash;
      next[slot * banding.bands() + band] = heads[bucket];
      heads[bucket] = slot;
    }
  }

  private void unlink(int slot) {
    for (int band = 0; band < banding.bands(); band++) {
      int bucket = bucket(hashes[slot * banding.bands() + band], band);
      int after = next(slot, band);
      if (heads[bucket] == slot) {
        heads[bucket] = after;
      } else {
        int before = heads[bucket];
        while (next(before, band) != slot) {
          before = next(before, band);
        }
        next[before * banding.bands() + band] = after;
      }
    }
  }

  private Entry entry(int slot) {
    return Objects.requireNonNull(entries[slot]);
  }

  private int next(int slot, int band) {
    return next[slot * banding.bands() + band];
  }

  private int hash(short[] signature, int band) {
    int hash = band;
    int from = band * banding.rows();
    for (int i = from; i < from + banding.rows(); i++) {
      hash = (hash ^ (signature[i] & 0xffff)) * 0x9E3779B1;
      hash ^= hash >>> 15;
    }
    return hash;
  }

  /** Each band has twice as many buckets as there are slots. */
  private int bucket(int hash, int band) {
    int mask = Integer.highestOneBit(entries.length) * 2 - 1;
    return band * (mask + 1) + (hash & mask);
  }

  private void grow() {
    int slots = Math.min(capacity, entries.length * 2);
    entries = Arrays.copyOf(entries, slots);
    asked = Arrays.copyOf(asked, slots);
    rebuild();
  }

  private void rebuild() {
    heads = new int[banding.bands() * Integer.highestOneBit(entries.length) * 2];
    Arrays.fill(heads, NONE);
    next = new int[entries.length * banding.bands()];
    hashes = new int[next.length];
    for (int slot = 0; slot < entries.length; slot++) {
      if (entries[slot] != null) {
        link(slot);
      }
    }
  }
}
