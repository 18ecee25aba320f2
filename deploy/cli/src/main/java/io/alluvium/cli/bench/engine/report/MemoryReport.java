package io.alluvium.cli.bench.engine.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.bench.measure.BenchMachine;
import io.alluvium.cli.terminal.Terminal;
import java.util.List;
import java.util.Locale;

/** Prints a soak, or what workers share, for people. */
public final class MemoryReport {
  private static final double MEGA = 1e6;

  private MemoryReport() {}

  /** Prints results, one for each case or worker. */
  public static void print(Terminal terminal, List<ObjectNode> results) {
    terminal.print(BenchMachine.line());
    for (ObjectNode result : results) {
      if (result.has("samples")) {
        printSoak(terminal, result);
      } else {
        printShare(terminal, result);
      }
    }
  }

  private static void printSoak(Terminal terminal, JsonNode result) {
    for (JsonNode sample : result.path("samples")) {
      double megabytes = sample.path("rssBytes").asDouble() / MEGA;
      terminal.print(
          String.format(Locale.ROOT, "%8d steps %8.1f MB", sample.path("step").asInt(), megabytes));
    }
    terminal.print(
        String.format(
            Locale.ROOT,
            "%s %s: drift %+.2f %% after the warm-up, %.0f s",
            result.path("configuration").asText(),
            result.path("dataType").asText(),
            100 * result.path("driftShare").asDouble(),
            result.path("seconds").asDouble()));
  }

  private static void printShare(Terminal terminal, JsonNode result) {
    terminal.print(
        String.format(
            Locale.ROOT,
            "%s %s, worker %d: weights resident %.1f MB, proportional %.1f, shared %.1f, private %.1f, anonymous %.1f",
            result.path("configuration").asText(),
            result.path("dataType").asText(),
            result.path("worker").asInt(),
            result.path("residentBytes").asDouble() / MEGA,
            result.path("proportionalBytes").asDouble() / MEGA,
            result.path("sharedBytes").asDouble() / MEGA,
            result.path("privateBytes").asDouble() / MEGA,
            result.path("anonymousBytes").asDouble() / MEGA));
  }
}
