package io.alluvium.cli.bench.engine.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.bench.engine.run.EagerLoop;
import io.alluvium.cli.bench.measure.BenchMachine;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints results: {machine, results} as JSON, or a line for each. */
public final class BenchReport {
  private static final double MEGA = 1e6;
  private static final double GIGA = 1e9;

  private BenchReport() {}

  /** Prints results, one for each case. */
  public static void print(Terminal terminal, FormatOption format, List<ObjectNode> results) {
    if (format.isJson()) {
      terminal.print(BenchMachine.report(JsonNodeFactory.instance.arrayNode().addAll(results)));
    } else {
      terminal.print(BenchMachine.line());
      terminal.print(
          "configuration  type   tokens/s  GFLOP/s     peak   mfu   peak RSS  Java  kB/step  padding");
      results.forEach(result -> printLines(terminal, result));
    }
  }

  private static void printLines(Terminal terminal, JsonNode result) {
    terminal.print(
        String.format(
            Locale.ROOT,
            "%-14s %-4s %10.0f %8.1f %8.1f  %.2f  %6.0f MB  %3.1f%%  %7.0f  %6.1f%%%s",
            result.path("configuration").asText(),
            result.path("dataType").asText(),
            result.path("tokensPerSecond").asDouble(),
            result.path("modelFlops").asDouble() / GIGA,
            result.path("matmulPeakFlops").asDouble() / GIGA,
            result.path("mfu").asDouble(),
            result.path("peakRssBytes").asDouble() / MEGA,
            100 * result.path("javaShare").asDouble(),
            result.path("allocatedBytesPerStep").asDouble() / 1e3,
            100 * result.path("paddingWaste").asDouble(),
            eager(result)));
    for (Map.Entry<String, JsonNode> group : result.path("profile").properties()) {
      double milliseconds = group.getValue().asDouble();
      terminal.print(String.format(Locale.ROOT, "  %-20s %8.1f ms", group.getKey(), milliseconds));
    }
  }

  private static String eager(JsonNode result) {
    return result.has(EagerLoop.RATIO)
        ? String.format(Locale.ROOT, "  %.2f x eager", result.path(EagerLoop.RATIO).asDouble())
        : "";
  }
}
