package io.alluvium.cli.bench.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.bench.measure.ChildOutput;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Progress;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.trainer.bench.level.candidate.NullOrder;
import io.alluvium.trainer.bench.level.candidate.NullProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Real candidates that learned nothing true, each judged by the whole gate.
 *
 * @param terminal where progress goes
 * @param order what they are made of
 * @param longest record in characters that is used
 */
record NullReleases(Terminal terminal, NullOrder order, int longest) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A row for each file and kind of candidate.
   *
   * @throws CommandException when the measuring process fails
   */
  List<ObjectNode> of(List<Path> files) {
    List<ObjectNode> rows = new ArrayList<>();
    int total = files.size() * order.candidates();
    try (Progress progress = Progress.start(terminal, "null candidates", total)) {
      for (Path file : files) {
        for (JsonNode result : JSON.readTree(results(file, progress))) {
          rows.add(row(file, result));
        }
      }
    } catch (IOException broken) {
      throw CommandException.failed("cannot judge candidates: " + broken.getMessage(), broken);
    }
    return rows;
  }

  private static ObjectNode row(Path file, JsonNode result) {
    ObjectNode row = JsonNodeFactory.instance.objectNode().put("measure", "nullCandidates");
    row.put("records", Objects.toString(file.getFileName()).replaceFirst("\\.jsonl$", ""));
    return row.setAll((ObjectNode) result);
  }

  private String results(Path file, Progress progress) throws IOException {
    Process process = started(file);
    try (BufferedReader out = process.inputReader()) {
      String last = "";
      int judged = 0;
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        last = line;
        progress.at(++judged, Objects.toString(file.getFileName()));
      }
      if (judged < order.candidates()) {
        throw new IOException("the measuring process ended; its message stands above");
      }
      return last;
    } finally {
      process.destroy();
    }
  }

  private Process started(Path file) throws IOException {
    List<String> options = List.of("-Xmx1g", "-XX:+UseSerialGC", "-Dai.djl.offline=true");
    List<String> arguments =
        List.of(JSON.writeValueAsString(order), file.toString(), Integer.toString(longest));
    return ChildOutput.ofJava(
            System.getProperty("java.class.path"),
            new ChildOutput.Program(NullProgram.class, options, arguments))
        .start();
  }
}
