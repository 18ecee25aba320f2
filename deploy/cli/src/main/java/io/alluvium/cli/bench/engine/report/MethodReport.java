package io.alluvium.cli.bench.engine.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.bench.measure.BenchMachine;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import java.util.List;
import java.util.Locale;

/** Prints what methods cost: {machine, results} as JSON, or lines. */
public final class MethodReport {
  private static final double MEGA = 1e6;

  private MethodReport() {}

  /**
   * What one method came to.
   *
   * @param without steps without it, measured just before
   * @param with steps with it
   */
  public static ObjectNode result(String method, JsonNode without, JsonNode with) {
    double plain = without.path("tokensPerSecond").asDouble();
    double tokens = with.path("tokensPerSecond").asDouble();
    double more = with.path("peakRssBytes").asDouble() - without.path("peakRssBytes").asDouble();
    return JsonNodeFactory.instance
        .objectNode()
        .put("configuration", with.path("configuration").asText())
        .put("dataType", with.path("dataType").asText())
        .put("method", method)
        .put("tokensPerSecond", tokens)
        .put("ofPlain", tokens / plain)
        .put("morePeakRssBytes", more);
  }

  /** Prints results, one for each method. */
  public static void print(Terminal terminal, FormatOption format, List<ObjectNode> results) {
    if (format.isJson()) {
      BenchReport.print(terminal, format, results);
      return;
    }
    terminal.print(BenchMachine.line());
    terminal.print("configuration  type  method         tokens/s  of steps without  peak RSS");
    results.forEach(result -> terminal.print(line(result)));
  }

  private static String line(JsonNode result) {
    return String.format(
        Locale.ROOT,
        "%-14s %-5s %-12s %10.0f  %16.2f  %+5.0f MB",
        result.path("configuration").asText(),
        result.path("dataType").asText(),
        result.path("method").asText(),
        result.path("tokensPerSecond").asDouble(),
        result.path("ofPlain").asDouble(),
        result.path("morePeakRssBytes").asDouble() / MEGA);
  }
}
