package io.alluvium.cli.explain.table;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Keys under construction: a kind, then fields whose order as bytes is their order as values.
 * Numbers are never negative here, so big endian keeps their order; a text stands behind its
 * length, so that none is the beginning of another's key. Pure.
 */
public final class Keys {
  /** A topic's number and its id, by name. */
  public static final byte TOPIC = 't';

  /** Next offset to be read, by topic number and partition. */
  public static final byte POSITION = 'p';

  /** When the first record was taken that was read, by topic number and partition. */
  public static final byte SINCE = 's';

  /** Facts, by example id, adapter and place. */
  public static final byte SIGHTING = 'r';

  /** Numbers of a training record, by topic number, partition, adapter and offset. */
  public static final byte TRAINING = 'o';

  /** Version and first offset, by topic number, partition, adapter and next offset. */
  public static final byte WINDOW = 'w';

  /** Offset of the event, by adapter and version. */
  public static final byte VERSION = 'v';

  /** That there is one, by hash of a subject, topic number, adapter and example id. */
  public static final byte SUBJECT = 'u';

  /** What is indexed, by nothing. */
  public static final byte LAYOUT = 'l';

  private static final int ROOM = 64;

  private ByteBuffer bytes = ByteBuffer.allocate(ROOM);

  private Keys() {}

  /** Begins a key of a kind. */
  public static Keys of(byte kind) {
    Keys key = new Keys();
    key.bytes.put(kind);
    return key;
  }

  /** Adds a text. */
  public Keys text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    room(Integer.BYTES + utf8.length).putInt(utf8.length).put(utf8);
    return this;
  }

  /** Adds a text that nothing follows. */
  public Keys raw(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    room(utf8.length).put(utf8);
    return this;
  }

  /** Adds a number of four bytes. */
  public Keys number(int number) {
    room(Integer.BYTES).putInt(number);
    return this;
  }

  /** Adds a number of eight bytes. */
  public Keys number(long number) {
    room(Long.BYTES).putLong(number);
    return this;
  }

  /** The key as it is. */
  public byte[] bytes() {
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  /** Reads a text where a buffer stands. */
  public static String text(ByteBuffer from) {
    byte[] utf8 = new byte[from.getInt()];
    from.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /** Whether a key begins with all of another. */
  static boolean begins(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  /** What of a key stands behind a prefix. */
  static ByteBuffer rest(byte[] key, byte[] prefix) {
    return ByteBuffer.wrap(key, prefix.length, key.length - prefix.length);
  }

  private ByteBuffer room(int more) {
    if (bytes.remaining() < more) {
      ByteBuffer larger = ByteBuffer.allocate(2 * bytes.capacity() + more);
      larger.put(bytes.flip());
      bytes = larger;
    }
    return bytes;
  }
}
