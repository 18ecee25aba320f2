package io.alluvium.cli.produce;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Splits bytes into lines and counts them, so that one line in a wrong encoding spoils no other.
 */
final class LineSource implements AutoCloseable {
  private final InputStream bytes;
  private long number;

  LineSource(InputStream bytes) {
    this.bytes = new BufferedInputStream(bytes);
  }

  /** The next line without its end, or null after the last. */
  @Nullable Line next() throws IOException {
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
    return new Line(number, text(line.toByteArray()));
  }

  @Override
  public void close() throws IOException {
    bytes.close();
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
  record Line(long number, @Nullable String text) {}
}
