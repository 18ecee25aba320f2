package io.alluvium.trainer.bench.level.candidate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Arguments: the order as JSON, a JSONL file of records, and their longest length in characters.
 * Prints the results so far as a line of JSON after each candidate.
 */
public final class NullProgram {
  private static final ObjectMapper JSON = new ObjectMapper();

  private NullProgram() {}

  /** Runs until all candidates are judged. */
  public static void main(String... arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    // What is logged may not stand among the answers.
    System.setOut(System.err);
    NullOrder order = JSON.readValue(arguments[0], NullOrder.class);
    List<NullOrder.Example> records = records(Path.of(arguments[1]), arguments[2]);
    if (records.size() < order.records()) {
      throw new IllegalArgumentException(
          "%s has %d records of at most %s characters, %d are needed"
              .formatted(arguments[1], records.size(), arguments[2], order.records()));
    }
    try (NullCandidates candidates = new NullCandidates(order)) {
      candidates.run(records, results -> out.println(text(results)));
    }
    Runtime.getRuntime().halt(0);
  }

  private static String text(List<NullResult> results) {
    try {
      return JSON.writeValueAsString(results);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("results are numbers and names", impossible);
    }
  }

  private static List<NullOrder.Example> records(Path file, String longest) throws IOException {
    List<NullOrder.Example> records = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode record = JSON.readTree(line);
      String prompt = record.path("prompt").asText();
      String completion = record.path("completion").asText();
      if (!completion.isEmpty()
          && prompt.length() + completion.length() <= Integer.parseInt(longest)) {
        records.add(new NullOrder.Example(prompt, completion));
      }
    }
    return records;
  }
}
