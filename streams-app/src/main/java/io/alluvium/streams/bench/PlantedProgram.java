package io.alluvium.streams.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** {@code alluvium bench planted}: arguments are seed and number of records; prints JSON. */
public final class PlantedProgram {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PlantedProgram() {}

  /** Measures and prints one line. */
  public static void main(String... arguments) throws IOException {
    long seed = Long.parseLong(arguments[0]);
    int records = Integer.parseInt(arguments[1]);
    Path folder = Files.createTempDirectory("alluvium-planted");
    try {
      List<Findings> findings = PlantedBench.of(PlantedStream.of(seed, records), folder);
      System.out.println(JSON.writeValueAsString(json(seed, records, findings)));
    } finally {
      delete(folder);
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
