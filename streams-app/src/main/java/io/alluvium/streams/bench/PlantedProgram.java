package io.alluvium.streams.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** {@code alluvium bench planted}: arguments are seed, number of records, and json or text. */
public final class PlantedProgram {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PlantedProgram() {}

  /** Measures and prints. */
  public static void main(String... arguments) throws IOException {
    long seed = Long.parseLong(arguments[0]);
    int records = Integer.parseInt(arguments[1]);
    Path folder = Files.createTempDirectory("alluvium-planted");
    try {
      List<Findings> findings = PlantedBench.of(PlantedStream.of(seed, records), folder);
      print(arguments[2], seed, records, findings);
    } finally {
      delete(folder);
    }
  }

  private static void print(String format, long seed, int records, List<Findings> findings)
      throws IOException {
    if (format.equals("json")) {
      System.out.println(JSON.writeValueAsString(json(seed, records, findings)));
      return;
    }
    System.out.printf("%d records, seed %d%n", records, seed);
    System.out.printf(
        "%-16s %8s %8s %8s %10s %8s%n", "rule", "planted", "found", "false", "precision", "recall");
    for (Findings one : findings) {
      System.out.printf(
          Locale.ROOT,
          "%-16s %8d %8d %8d %10.4f %8.4f%n",
          one.rule(),
          one.planted(),
          one.found(),
          one.falsePositives(),
          one.precision(),
          one.recall());
    }
  }

  private static ObjectNode json(long seed, int records, List<Findings> findings) {
    ObjectNode all = JSON.createObjectNode();
    all.set("machine", JSON.valueToTree(Machine.here()));
    all.put("seed", seed).put("records", records);
    ArrayNode results = all.putArray("results");
    findings.forEach(
        one ->
            results
                .addObject()
                .put("rule", one.rule())
                .put("planted", one.planted())
                .put("found", one.found())
                .put("falsePositives", one.falsePositives())
                .put("precision", one.precision())
                .put("recall", one.recall()));
    return all;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
