package io.alluvium.cli.produce;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;

/** Lines between which something happens. */
final class StoppingInput {
  private StoppingInput() {}

  /** A line, then what happens, then a thousand more lines of different content. */
  static InputStream of(String first, Runnable between) {
    StringBuilder rest = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      rest.append("{\"prompt\":\"a\",\"completion\":\"").append(i).append("\"}\n");
    }
    return new SequenceInputStream(bytes(first), new Hook(bytes(rest.toString()), between));
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static final class Hook extends FilterInputStream {
    private final Runnable between;
    private boolean called;

    Hook(InputStream rest, Runnable between) {
      super(rest);
      this.between = between;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
      if (!called) {
        called = true;
        between.run();
      }
      return super.read(into, from, most);
    }
  }
}
