package io.alluvium.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Standard output in UTF-8, which knows why it could not be written: Java's own only knows that.
 */
final class ResultStream extends PrintStream {
  private static final Path LINK = Path.of("/proc/self/fd/1");

  private final Bytes bytes;

  /** The process's own. */
  ResultStream() {
    this(new FileOutputStream(FileDescriptor.out));
  }

  ResultStream(OutputStream out) {
    this(new Bytes(out));
  }

  private ResultStream(Bytes bytes) {
    super(bytes, /* autoFlush= */ true, StandardCharsets.UTF_8);
    this.bytes = bytes;
  }

  /** One line for the person who sent the output somewhere; empty where a reader went away. */
  Optional<String> fault() {
    String words = bytes.fault == null ? null : bytes.fault.getMessage();
    return words == null || words.equals("Broken pipe")
        ? Optional.empty()
        : Optional.of("cannot write %s: %s".formatted(file(), words));
  }

  /** Linux tells which file it is, elsewhere nobody does. */
  private static String file() {
    try {
      Path target = Files.readSymbolicLink(LINK);
      return target.isAbsolute() ? target.toString() : "standard output";
    } catch (IOException unknown) {
      return "standard output";
    }
  }

  /** Keeps the first fault. */
  private static final class Bytes extends FilterOutputStream {
    private @Nullable IOException fault;

    Bytes(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        out.write(bytes, from, length);
      } catch (IOException unwritable) {
        fault = fault == null ? unwritable : fault;
        throw unwritable;
      }
    }

    @Override
    public void write(int single) throws IOException {
      write(new byte[] {(byte) single}, 0, 1);
    }
  }
}
