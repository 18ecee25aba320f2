package io.alluvium.trainer.claim.queue;

import io.alluvium.trainer.claim.queue.Arrival.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What waits of one adapter in one partition, in offset order: not the records, only where they
 * stand, some six bytes each, so that millions may wait.
 *
 * <p>An entry is three variable-length numbers: offset and time as differences from the entry
 * before, tokens with the side in the lowest bit.
 */
public final class AdapterQueue {
  private static final int LONGEST_ENTRY = 30;
  private static final int SMALLEST = 32;

  private byte[] bytes = new byte[SMALLEST];
  private int begin;
  private int end;
  private int cursor;
  private int size;
  private int heldOut;
  private long tokens;

  /** Of the entry taken last, from which the first one's differences count. */
  private long takenOffset;

  private long takenMs;
  private long lastOffset;
  private long lastMs;

  /** The first entry; meaningless while there is none. */
  private Entry first = new Entry(0, 0, 0);

  private record Entry(long offset, long appendedMs, long mark) {
    long tokens() {
      return mark >>> 1;
    }

    int heldOut() {
      return (int) (mark & 1);
    }
  }

  /**
   * Adds the newest.
   *
   * @throws IllegalStateException when offsets go backwards
   */
  public void add(Arrival arrival) {
    if (size > 0 && arrival.offset() <= lastOffset) {
      throw new IllegalStateException(
          "%s: offset %d came after %d".formatted(arrival.adapter(), arrival.offset(), lastOffset));
    }
    makeRoom();
    int side = arrival.side() == Side.HELD_OUT ? 1 : 0;
    write(arrival.offset() - lastOffset);
    write(zigzag(arrival.appendedMs() - lastMs));
    write(((long) arrival.tokens() << 1) | side);
    lastOffset = arrival.offset();
    lastMs = arrival.appendedMs();
    size++;
    tokens += arrival.tokens();
    heldOut += side;
    if (size == 1) {
      first = peek();
    }
  }

  /** Entries. */
  public int size() {
    return size;
  }

  long tokens() {
    return tokens;
  }

  /** How many wait that are held out. */
  public int heldOut() {
    return heldOut;
  }

  /** How many wait that are trained on. */
  public int training() {
    return size - heldOut;
  }

  /** Offset of the first one; meaningless while there is none. */
  public long firstOffset() {
    return first.offset();
  }

  /** When the log took the first one, milliseconds since the epoch. */
  public long firstAppendedMs() {
    return first.appendedMs();
  }

  /** Tokens of the first one. */
  public long firstTokens() {
    return first.tokens();
  }

  /** Removes the first one and returns its offset. */
  public long takeFirst() {
    long offset = first.offset();
    removeFirst();
    return offset;
  }

  /** Whether what waits fills a window. */
  public boolean full(WindowLimits limits) {
    return size >= limits.examples() || tokens >= limits.tokens();
  }

  /** Removes what a window takes, at least one record. */
  public List<Long> take(WindowLimits limits) {
    List<Long> offsets = new ArrayList<>();
    long taken = 0;
    do {
      taken += first.tokens();
      offsets.add(takeFirst());
    } while (size > 0
        && offsets.size() < limits.examples()
        && taken + first.tokens() <= limits.tokens());
    return offsets;
  }

  private void removeFirst() {
    size--;
    tokens -= first.tokens();
    heldOut -= first.heldOut();
    takenOffset = first.offset();
    takenMs = first.appendedMs();
    begin = cursor;
    if (size > 0) {
      first = peek();
    }
  }

  /** Leaves the cursor behind the first entry. */
  private Entry peek() {
    cursor = begin;
    long offset = takenOffset + read();
    long appendedMs = takenMs + unzigzag(read());
    return new Entry(offset, appendedMs, read());
  }

  private void makeRoom() {
    if (end + LONGEST_ENTRY <= bytes.length) {
      return;
    }
    int used = end - begin;
    int capacity = Math.max(SMALLEST, used + used / 2 + LONGEST_ENTRY);
    bytes = Arrays.copyOfRange(bytes, begin, begin + capacity);
    cursor -= begin;
    begin = 0;
    end = used;
  }

  private void write(long number) {
    long rest = number;
    while ((rest & ~0x7FL) != 0) {
      bytes[end++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    bytes[end++] = (byte) rest;
  }

  private long read() {
    long number = 0;
    for (int shift = 0; ; shift += 7) {
      byte part = bytes[cursor++];
      number |= (long) (part & 0x7F) << shift;
      if (part >= 0) {
        return number;
      }
    }
  }

  private static long zigzag(long number) {
    return (number << 1) ^ (number >> 63);
  }

  private static long unzigzag(long number) {
    return (number >>> 1) ^ -(number & 1);
  }
}
