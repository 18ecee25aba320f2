package io.alluvium.streams.wire;

import io.alluvium.schemas.record.Carried;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A record's headers in front of its value, as stores keep it. A value in the wire format begins
 * with a zero, so one without headers is written as it is, and so is read what older builds wrote.
 */
public final class HeaderBytes {
  private static final byte WITH_HEADERS = 1;
  private static final int NO_VALUE = -1;

  private HeaderBytes() {}

  /** A value behind its headers. */
  public static byte[] before(byte[] value, Headers headers) {
    int count = headers.toArray().length;
    if (count == 0) {
      return value;
    }
    ByteBuffer to =
        ByteBuffer.allocate(1 + Integer.BYTES + Carried.size(headers) + value.length)
            .put(WITH_HEADERS)
            .putInt(count);
    headers.forEach(header -> write(to, header));
    to.put(value);
    byte[] bytes = new byte[to.position()];
    to.flip().get(bytes);
    return bytes;
  }

  /** The headers; the buffer stands at the value then. */
  public static Headers read(ByteBuffer from) {
    RecordHeaders headers = new RecordHeaders();
    if (from.get(from.position()) == WITH_HEADERS) {
      from.get();
      for (int left = from.getInt(); left > 0; left--) {
        String key = new String(bytes(from, from.getInt()), StandardCharsets.UTF_8);
        int length = from.getInt();
        headers.add(key, length == NO_VALUE ? null : bytes(from, length));
      }
    }
    return headers;
  }

  /** What is left of a buffer. */
  public static byte[] rest(ByteBuffer from) {
    return bytes(from, from.remaining());
  }

  private static void write(ByteBuffer to, Header header) {
    byte[] key = header.key().getBytes(StandardCharsets.UTF_8);
    byte[] value = header.value();
    to.putInt(key.length).put(key);
    if (value == null) {
      to.putInt(NO_VALUE);
    } else {
      to.putInt(value.length).put(value);
    }
  }

  private static byte[] bytes(ByteBuffer from, int length) {
    byte[] bytes = new byte[length];
    from.get(bytes);
    return bytes;
  }
}
