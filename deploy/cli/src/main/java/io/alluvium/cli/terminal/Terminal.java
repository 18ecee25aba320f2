package io.alluvium.cli.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;

/**
 * Where a command speaks: results to {@code out}, everything else to {@code err}.
 *
 * @param out results, for people or programs
 * @param err messages and progress
 * @param interactive whether {@code err} is a terminal that can redraw a line
 */
public record Terminal(PrintStream out, PrintStream err, boolean interactive) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The process's own streams, in UTF-8. */
  public static Terminal ofProcess() {
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    return new Terminal(new ResultStream(), err, standardErrorIsTerminal());
  }

  /** Java cannot ask for one descriptor; Linux tells, elsewhere plain lines are the safe answer. */
  private static boolean standardErrorIsTerminal() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return target.matches("/dev/(pts/\\d+|tty.*|console)");
    } catch (IOException unknown) {
      return false;
    }
  }

  /** One line of result. */
  public void print(String line) {
    out.println(line);
    checkReader();
  }

  /** One JSON value on one line of result. */
  public void print(JsonNode value) {
    try {
      print(JSON.writeValueAsString(value));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** One line for the person at the terminal. */
  public void say(String line) {
    err.println(line);
  }

  /** One line where a list has nothing to print, so that nobody wonders whether it was asked. */
  public void sayIfEmpty(Collection<?> list, String line) {
    if (list.isEmpty()) {
      say(line);
    }
  }

  /**
   * A reader that went away (head, less) ends the command quietly, as it ends other tools; a full
   * disk does not.
   */
  private void checkReader() {
    if (out.checkError()) {
      Optional<String> fault =
          out instanceof ResultStream results ? results.fault() : Optional.empty();
      throw CommandException.failed(fault.orElse("standard output was closed"));
    }
  }
}
