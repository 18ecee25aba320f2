package io.alluvium.cli.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.OutputFormat;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.stack.AppSpec;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
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
    JsonNode report = report(new ChildOutput(command()).lastLine());
    if (format == OutputFormat.json) {
      terminal.print(report);
    } else {
      printText(report);
    }
  }

  private List<String> command() {
    String classPath =
        AppSpec.classPath("streams-app", "alluvium-streams-app").stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx1g",
        "-cp",
        classPath,
        "io.alluvium.streams.bench.PlantedProgram",
        Long.toString(seed),
        Integer.toString(records));
  }

  private static JsonNode report(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException other) {
      throw CommandException.failed("the measurement printed no result", other);
    }
  }

  private void printText(JsonNode report) {
    terminal.print("%d records, seed %d".formatted(records, seed));
    terminal.print("rule              planted    found    false  precision   recall");
    report
        .path("results")
        .forEach(
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
