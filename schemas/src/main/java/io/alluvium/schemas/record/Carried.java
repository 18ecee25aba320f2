package io.alluvium.schemas.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What a rejection carries of the record that was refused: all of it where that fits, else its
 * beginning, and a note that says so.
 *
 * @param key the raw key; null when there was none
 * @param value the raw value; null when there was none
 * @param headers the record's own, those that fit
 * @param note what was cut and how long it was, to be put behind the detail; empty when all is here
 */
public record Carried(
    @Nullable ByteBuffer key, @Nullable ByteBuffer value, Headers headers, String note) {
  /** Longest text of a rejection. */
  private static final int MOST_CHARACTERS = 1_000;

  /** Lengths and the like around a header. */
  private static final int HEADER_FRAME = 10;

  /**
   * A record as it stands in Kafka.
   *
   * @param key null when there is none
   * @param value null when there is none
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record Raw(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {}

  /** Cuts what does not fit. */
  public static Carried of(Raw raw, SendLimit limit) {
    Headers kept = fitting(raw.headers, limit.headerBytes());
    List<String> cuts = new ArrayList<>();
    note(cuts, "key", raw.key, limit.keyBytes());
    note(cuts, "value", raw.value, limit.refusedBytes());
    int all = size(raw.headers);
    if (size(kept) < all) {
      cuts.add("headers cut to %d of %d bytes".formatted(size(kept), all));
    }
    return new Carried(
        cut(raw.key, limit.keyBytes()),
        cut(raw.value, limit.refusedBytes()),
        kept,
        cuts.isEmpty() ? "" : " (%s; the origin has all)".formatted(String.join(", ", cuts)));
  }

  /** A text that fits into a rejection. */
  public static String text(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
  }

  /** Bytes of headers on the wire, at most. */
  public static int size(Headers headers) {
    long bytes = 0;
    for (Header header : headers) {
      bytes += size(header);
    }
    return (int) Math.min(Integer.MAX_VALUE, bytes);
  }

  private static int size(Header header) {
    byte[] value = header.value();
    return HEADER_FRAME
        + header.key().getBytes(StandardCharsets.UTF_8).length
        + (value == null ? 0 : value.length);
  }

  private static Headers fitting(Headers headers, int most) {
    RecordHeaders kept = new RecordHeaders();
    int left = most;
    for (Header header : headers) {
      left -= size(header);
      if (left < 0) {
        return kept;
      }
      kept.add(header);
    }
    return kept;
  }

  private static void note(List<String> cuts, String what, byte @Nullable [] bytes, int most) {
    if (bytes != null && bytes.length > most) {
      cuts.add("%s cut to %d of %d bytes".formatted(what, most, bytes.length));
    }
  }

  private static @Nullable ByteBuffer cut(byte @Nullable [] bytes, int most) {
    return bytes == null ? null : ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, most)).slice();
  }
}
