package io.alluvium.cli.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.local.ScratchFolder;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.OutputFormat;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.streams.bench.planted.PlantedProgram;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code alluvium bench planted}: does streams-app find what was planted? */
@Command(
    name = "planted",
    description = "Measure precision and recall of each rule on a generated stream.",
    footer = {
      "",
      "30 % near-duplicates, 2 % secrets, 2 % leaked suite items, 5 % wrong answers, five unseen domains at 1 %",
      "each. The whole topology runs in a process of its own, without broker; the same seed gives the same stream.",
      "",
      "Examples:",
      "  alluvium bench planted --seed 7",
      "  alluvium bench planted --seed 7 --records 4000 --format json"
    })
final class BenchPlantedCommand implements Runnable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Terminal terminal;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Of the generator (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "20000",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private int records = 20_000;

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private OutputFormat format = OutputFormat.text;

  BenchPlantedCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    if (records < 100) {
      throw CommandException.usage(
          "--records is %d, must be at least 100: shares are counted in hundredths"
              .formatted(records));
    }
    JsonNode results = results(measured());
    if (format == OutputFormat.json) {
      terminal.print(report(results));
    } else {
      printText(results);
    }
  }

  private String measured() {
    try (ScratchFolder folder = ScratchFolder.make("alluvium-planted")) {
      List<String> arguments =
          List.of(Long.toString(seed), Integer.toString(records), folder.path().toString());
      return ChildOutput.ofStreamsApp(
              new ChildOutput.Program(PlantedProgram.class, List.of("-Xmx1g"), arguments))
          .lastLine();
    }
  }

  private static JsonNode results(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException other) {
      throw CommandException.failed("the measurement printed no result", other);
    }
  }

  private ObjectNode report(JsonNode results) {
    ObjectNode report = JSON.createObjectNode();
    report.set("machine", BenchMachine.json());
    report.put("seed", seed).put("records", records);
    report.set("results", results);
    return report;
  }

  private void printText(JsonNode results) {
    terminal.print(BenchMachine.line());
    terminal.print("%d records, seed %d".formatted(records, seed));
    terminal.print("rule              planted    found    false  precision   recall");
    results.forEach(
        rule ->
            terminal.print(
                String.format(
                    Locale.ROOT,
                    "%-16s %8d %8d %8d %10.4f %8.4f",
                    rule.path("rule").asText(),
                    rule.path("planted").asInt(),
                    rule.path("found").asInt(),
                    rule.path("falsePositives").asInt(),
                    rule.path("precision").asDouble(),
                    rule.path("recall").asDouble())));
  }
}
