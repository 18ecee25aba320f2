package io.alluvium.stack.state;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.alluvium.stack.process.SetupException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.UnaryOperator;

/** {@code DATA/stack.json}: read at any time, replaced as a whole. */
public final class StateFile {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(SerializationFeature.INDENT_OUTPUT);

  private final Path file;

  /**
   * @param data the data directory
   */
  public StateFile(Path data) {
    this.file = data.resolve("stack.json");
  }

  /**
   * What is noted down; nothing when there is no file.
   *
   * @throws SetupException when the file is of a newer form or no JSON
   */
  public StackState read() {
    if (!Files.exists(file)) {
      return StackState.empty();
    }
    try {
      StackState state = JSON.readValue(file.toFile(), StackState.class);
      if (state.version() != StackState.VERSION) {
        throw new SetupException(
            file
                + " has version "
                + state.version()
                + ", this program knows "
                + StackState.VERSION);
      }
      return state;
    } catch (JacksonException e) {
      throw new SetupException(file + " is damaged; delete it and start again", e);
    } catch (IOException e) {
      throw new SetupException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Changes what is noted down.
   *
   * @param change from the present state to the next
   */
  public synchronized void update(UnaryOperator<StackState> change) {
    StackState next = change.apply(read());
    Path draft = file.resolveSibling("stack.json.new");
    try {
      try (FileChannel channel =
          FileChannel.open(
              draft,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        channel.write(java.nio.ByteBuffer.wrap(JSON.writeValueAsBytes(next)));
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new SetupException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
