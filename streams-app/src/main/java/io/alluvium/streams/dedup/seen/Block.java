package io.alluvium.streams.dedup.seen;

import io.alluvium.streams.dedup.exact.Fingerprint;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Up to 64 examples that were let through one after the other: fingerprints of id and text, log
 * time and offset of each, 48 bytes. One row of the store. Pure.
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Block(byte[] bytes) {
  /** As many as a row may hold; more would be copied too often, example after example. */
  static final int MOST = 64;

  private static final byte FORMAT = 1;
  private static final int HEAD_BYTES = 1;
  private static final int ENTRY_BYTES = 2 * Fingerprint.BYTES + 2 * Long.BYTES;

  /**
   * One example.
   *
   * @param id fingerprint of its id
   * @param text fingerprint of its text
   * @param timeMs log time, milliseconds since the epoch
   * @param offset where it stands
   */
  record Entry(Fingerprint id, Fingerprint text, long timeMs, long offset) {
    boolean isOf(Fingerprint fingerprint) {
      return id.equals(fingerprint) || text.equals(fingerprint);
    }
  }

  /** Of a row. */
  static Block read(byte[] row) {
    if (row[0] != FORMAT) {
      throw new IllegalStateException(
          "store %s holds format %d, this build reads %d: reset the application's state"
              .formatted(SeenExamples.STORE, row[0], FORMAT));
    }
    return new Block(row);
  }

  /** Without examples. */
  static Block empty() {
    return new Block(new byte[] {FORMAT});
  }

  /** With one more. */
  Block with(Entry entry) {
    byte[] longer = Arrays.copyOf(bytes, bytes.length + ENTRY_BYTES);
    ByteBuffer to = ByteBuffer.wrap(longer, bytes.length, ENTRY_BYTES);
    put(to, entry.id());
    put(to, entry.text());
    to.putLong(entry.timeMs()).putLong(entry.offset());
    return new Block(longer);
  }

  int size() {
    return (bytes.length - HEAD_BYTES) / ENTRY_BYTES;
  }

  /** Log time of the newest example, milliseconds since the epoch; there must be one. */
  long lastMs() {
    return IntStream.range(0, size()).mapToLong(i -> entry(i).timeMs()).max().orElseThrow();
  }

  void forEach(Consumer<Entry> each) {
    for (int i = 0; i < size(); i++) {
      each.accept(entry(i));
    }
  }

  private Entry entry(int number) {
    ByteBuffer from = ByteBuffer.wrap(bytes, HEAD_BYTES + number * ENTRY_BYTES, ENTRY_BYTES);
    return new Entry(fingerprint(from), fingerprint(from), from.getLong(), from.getLong());
  }

  private static void put(ByteBuffer to, Fingerprint fingerprint) {
    to.putLong(fingerprint.high()).putLong(fingerprint.low());
  }

  private static Fingerprint fingerprint(ByteBuffer from) {
    return new Fingerprint(from.getLong(), from.getLong());
  }
}
