package io.alluvium.cli.bench;

import io.alluvium.cli.terminal.CommandException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A child process that is waited for.
 *
 * @param command and its arguments
 */
record ChildOutput(List<String> command) {
  private static final String WAIT_POLICY = "OMP_WAIT_POLICY";

  /**
   * Runs it; what it says besides goes where our own messages go.
   *
   * @return the last line of its standard output; empty where it printed none
   * @throws CommandException when it cannot start or fails
   */
  String lastLine() {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    // As the roles run: threads that wait do not spin.
    builder.environment().putIfAbsent(WAIT_POLICY, "PASSIVE");
    try {
      Process child = builder.start();
      return ended(child, lastLine(child));
    } catch (IOException absent) {
      throw CommandException.failed(
          "cannot run %s: %s".formatted(command.get(0), absent.getMessage()), absent);
    }
  }

  private String ended(Process child, String line) {
    try {
      int code = child.waitFor();
      if (code != 0) {
        throw CommandException.failed(
            "%s ended with %d; its message stands above".formatted(command.get(0), code));
      }
      return line;
    } catch (InterruptedException stop) {
      child.destroy();
      Thread.currentThread().interrupt();
      throw CommandException.failed("interrupted while measuring", stop);
    }
  }

  private static String lastLine(Process child) throws IOException {
    String last = "";
    try (InputStream out = child.getInputStream()) {
      for (String line : new String(out.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        last = line;
      }
    }
    return last;
  }
}
