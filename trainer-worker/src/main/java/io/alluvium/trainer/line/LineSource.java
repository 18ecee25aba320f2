package io.alluvium.trainer.line;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits bytes into lines and reads each as JSON, so that a line that is broken spoils no other. A
 * byte order mark of UTF-8 and carriage returns at the ends are no part of the lines.
 */
public final class LineSource implements AutoCloseable {
  /** Longest line, bytes: far above what a record may have, and a small part of a heap. */
  public static final int MOST_BYTES = 16 << 20;

  private static final int PAGE = 1 << 16;
  private static final int FIRST_LINE = 1 << 12;

  private final InputStream bytes;
  private final byte[] page = new byte[PAGE];
  private int next;
  private int filled;
  private byte[] line = new byte[FIRST_LINE];
  private long length;
  private long number;

  /** Reads these; closes them when closed. */
  public LineSource(InputStream bytes) {
    this.bytes = bytes;
  }

  /**
   * How many lines there are, blank ones and a last one without end included.
   *
   * @throws EncodingException when all of it is no UTF-8
   */
  public static long count(InputStream bytes) throws IOException {
    try (LineSource lines = new LineSource(bytes)) {
      while (lines.advance()) {
        lines.number++;
      }
      return lines.number;
    }
  }

  /**
   * The next line that is not blank, or null after the last.
   *
   * @throws EncodingException when all of it is no UTF-8
   */
  public @Nullable Line next() throws IOException {
    while (advance()) {
      number++;
      Line read = length > line.length ? tooLong() : read();
      if (read != null) {
        return read;
      }
    }
    return null;
  }

  /** All that are left. */
  public List<Line> all() throws IOException {
    List<Line> lines = new ArrayList<>();
    for (Line read = next(); read != null; read = next()) {
      lines.add(read);
    }
    return lines;
  }

  /** Where the last line stands, or the blank ones behind it. */
  public long number() {
    return number;
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }

  /** Takes the bytes up to the next end of a line; false where there are none. */
  private boolean advance() throws IOException {
    length = 0;
    if (next == filled && !fill()) {
      return false;
    }
    do {
      int end = next;
      while (end < filled && page[end] != '\n') {
        end++;
      }
      keep(end);
      if (end < filled) {
        next = end + 1;
        return true;
      }
      next = end;
    } while (fill());
    return true;
  }

  private boolean fill() throws IOException {
    boolean first = filled == 0;
    next = 0;
    filled = Math.max(0, first ? bytes.readNBytes(page, 0, 4) : bytes.read(page));
    if (first && filled > 0) {
      requireUtf8();
    }
    return filled > 0;
  }

  /** Of a line that is too long only its length is kept. */
  private void keep(int end) {
    int more = end - next;
    if (length + more > line.length && length + more <= MOST_BYTES) {
      line = Arrays.copyOf(line, (int) Math.min(MOST_BYTES, 2 * (length + more)));
    }
    if (length + more <= line.length) {
      System.arraycopy(page, next, line, (int) length, more);
    }
    length += more;
  }

  private void requireUtf8() throws EncodingException {
    int first = filled > 0 ? page[0] & 0xFF : 1;
    int second = filled > 1 ? page[1] & 0xFF : 1;
    if (first == 0x1F && second == 0x8B) {
      throw new EncodingException("it is compressed by gzip, unpack it");
    }
    boolean little = first == 0xFF && second == 0xFE;
    boolean big = first == 0xFE && second == 0xFF;
    if (little || big || first == 0 || second == 0) {
      boolean wide = filled > 3 && (first + second == 0 || page[2] + page[3] == 0);
      throw new EncodingException(
          "it is UTF-%d, not UTF-8: save it as UTF-8".formatted(wide ? 32 : 16));
    }
  }

  private Line tooLong() {
    return new Line.Broken(
        number, "%d bytes, at most %d are read: shorten it".formatted(length, MOST_BYTES));
  }

  private @Nullable Line read() {
    int from = number == 1 && length >= 3 && isMark() ? 3 : 0;
    ByteBuffer rest = ByteBuffer.wrap(line, from, (int) length - from);
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer text = CharBuffer.allocate(rest.remaining());
    CoderResult result = decoder.decode(rest, text, true);
    text.flip();
    if (result.isError()) {
      return new Line.Broken(
          number,
          "not UTF-8 (byte 0x%02X after %d characters): save it as UTF-8"
              .formatted(rest.get(rest.position()), text.length()));
    }
    String whole = text.toString();
    return whole.isBlank() ? null : LineJson.read(number, whole.stripTrailing());
  }

  /** Editors of other systems put it before the first line. */
  private boolean isMark() {
    return (line[0] & 0xFF) == 0xEF && (line[1] & 0xFF) == 0xBB && (line[2] & 0xFF) == 0xBF;
  }
}
