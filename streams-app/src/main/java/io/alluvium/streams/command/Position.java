package io.alluvium.streams.command;

import java.nio.ByteBuffer;

/**
 * How far a task has obeyed one partition of the commands topic. Its written form is for ever.
 *
 * @param partition of the topic
 * @param next offset of the first order that is not obeyed yet
 * @param first offset of the first record that stood there
 * @param firstMark of that record's bytes
 */
record Position(int partition, long next, long first, int firstMark) {
  private static final byte FORMAT = 1;
  private static final int BYTES = 1 + 2 * Long.BYTES + Integer.BYTES;

  /** Of a task that has obeyed nothing. */
  static Position start(int partition) {
    return new Position(partition, 0, 0, 0);
  }

  Position after(long offset) {
    return new Position(partition, Math.max(next, offset), first, firstMark);
  }

  byte[] written() {
    return ByteBuffer.allocate(BYTES)
        .put(FORMAT)
        .putLong(next)
        .putLong(first)
        .putInt(firstMark)
        .array();
  }

  static Position read(int partition, byte[] written) {
    ByteBuffer from = ByteBuffer.wrap(written, 1, written.length - 1);
    return new Position(partition, from.getLong(), from.getLong(), from.getInt());
  }
}
