package io.alluvium.cli.bench.measure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the figures were measured on. */
public final class BenchMachine {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private BenchMachine() {}

  private static ObjectNode json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("cpu", cpu())
        .put("cores", Runtime.getRuntime().availableProcessors())
        .put("java", Runtime.version().toString())
        .put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
  }

  /** What every bench command prints for programs: {machine, results}. */
  public static ObjectNode report(JsonNode results) {
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    report.set("machine", json());
    report.set("results", results);
    return report;
  }

  /** For the head of a table. */
  public static String line() {
    ObjectNode machine = json();
    return "%s, %d cores, Java %s, %s"
        .formatted(
            machine.path("cpu").asText(),
            machine.path("cores").asInt(),
            machine.path("java").asText(),
            machine.path("os").asText());
  }

  private static String cpu() {
    try {
      return Files.readAllLines(CPU_INFO).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown CPU");
    } catch (IOException elsewhere) {
      return "unknown CPU";
    }
  }
}
