package io.alluvium.cli.produce.line;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits bytes into lines and counts them, so that one line in a wrong encoding spoils no other.
 */
public final class LineSource implements AutoCloseable {
  private final InputStream bytes;
  private long number;

  /** Reads these; closes them when closed. */
  public LineSource(InputStream bytes) {
    this.bytes = new BufferedInputStream(bytes);
  }

  /** The next line without its end, or null after the last. */
  public @Nullable Line next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = bytes.read();
    if (next < 0) {
      return null;
    }
    while (next >= 0 && next != '\n') {
      line.write(next);
      next = bytes.read();
    }
    number++;
    return new Line(number, withoutMark(text(line.toByteArray())));
  }

  /** All that are left. */
  public List<Line> all() throws IOException {
    List<Line> lines = new ArrayList<>();
    for (Line line = next(); line != null; line = next()) {
      lines.add(line);
    }
    return lines;
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }

  /** Editors of other systems put a byte order mark before the first line. */
  private @Nullable String withoutMark(@Nullable String text) {
    return number == 1 && text != null && text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** The text, or null where the bytes are no UTF-8. */
  private static @Nullable String text(byte[] line) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
    } catch (CharacterCodingException otherEncoding) {
      return null;
    }
  }

  /**
   * One line as it stands in the file.
   *
   * @param number counted from 1
   * @param text without the line end; null where the bytes are no UTF-8
   */
  public record Line(long number, @Nullable String text) {}
}
