package io.alluvium.cli.bench.engine.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.bench.measure.BenchMachine;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import java.util.List;
import java.util.Locale;

/** Prints what adapters cost: {machine, results} as JSON, or a line for each base. */
public final class AdapterReport {
  private AdapterReport() {}

  /** Prints results, one for each base. */
  public static void print(Terminal terminal, FormatOption format, List<ObjectNode> results) {
    if (format.isJson()) {
      BenchReport.print(terminal, format, results);
      return;
    }
    terminal.print(BenchMachine.line());
    terminal.print(
        "configuration  adapters  own kB  served kB  trained kB  limit kB  switching ms");
    results.forEach(result -> terminal.print(line(result)));
  }

  private static String line(JsonNode result) {
    double switching =
        result.path("switchingSeconds").asDouble() - result.path("stayingSeconds").asDouble();
    return String.format(
        Locale.ROOT,
        "%-14s %8d %7.0f %10.0f %11.0f %9.0f %13.3f",
        result.path("configuration").asText(),
        result.path("adapters").asInt(),
        result.path("adapterBytes").asDouble() / 1e3,
        result.path("servedBytes").asDouble() / 1e3,
        result.path("trainedBytes").asDouble() / 1e3,
        result.path("limitBytes").asDouble() / 1e3,
        1e3 * switching);
  }
}
