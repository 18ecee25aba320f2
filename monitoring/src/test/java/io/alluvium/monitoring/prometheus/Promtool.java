package io.alluvium.monitoring.prometheus;

import io.alluvium.stack.junit.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Runs promtool. */
public final class Promtool {
  private Promtool() {}

  /**
   * Runs it to its end.
   *
   * @return its exit status and what it printed; the calling test is skipped where promtool is
   *     missing
   */
  public static Finding run(String... arguments) throws IOException, InterruptedException {
    Requirement.program("promtool", "prometheus");
    List<String> command = Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Finding(process.waitFor(), output);
  }

  /**
   * What promtool said.
   *
   * @param exit its exit status, 0 when content
   * @param output both of its streams
   */
  public record Finding(int exit, String output) {}
}
