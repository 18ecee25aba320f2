package io.alluvium.cli.bench.engine.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.bench.measure.BenchMachine;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import java.util.List;
import java.util.Locale;

/** Prints what steps cost by their number of records: {machine, results} as JSON, or lines. */
public final class StepReport {
  private StepReport() {}

  /** Prints results, one for each number of records. */
  public static void print(Terminal terminal, FormatOption format, List<ObjectNode> results) {
    if (format.isJson()) {
      BenchReport.print(terminal, format, results);
      return;
    }
    terminal.print(BenchMachine.line());
    terminal.print("configuration  records  ms per step  ms per record  four adapters in one step");
    results.forEach(result -> terminal.print(line(result)));
  }

  private static String line(JsonNode result) {
    double gain = result.path("fourInOne").asDouble();
    return String.format(
        Locale.ROOT,
        "%-14s %7d %12.1f %14.2f  %s",
        result.path("configuration").asText(),
        result.path("records").asInt(),
        1e3 * result.path("seconds").asDouble(),
        1e3 * result.path("seconds").asDouble() / result.path("records").asInt(),
        gain == 0 ? "" : String.format(Locale.ROOT, "%.2f x at most", gain));
  }
}
