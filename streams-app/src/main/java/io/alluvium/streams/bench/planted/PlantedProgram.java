package io.alluvium.streams.bench.planted;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Arguments: seed, number of records, an empty folder. Prints one line of JSON: the results. */
public final class PlantedProgram {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PlantedProgram() {}

  /** Measures and prints. */
  public static void main(String... arguments) throws IOException {
    PlantedStream.Stream stream =
        PlantedStream.of(Long.parseLong(arguments[0]), Integer.parseInt(arguments[1]));
    System.out.println(json(PlantedBench.of(stream, Path.of(arguments[2]))));
  }

  private static ArrayNode json(List<Findings> findings) {
    ArrayNode results = JSON.createArrayNode();
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
    return results;
  }
}
