package io.alluvium.cli.bench.streams;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.bench.measure.BenchMachine;
import io.alluvium.cli.bench.measure.ChildOutput;
import io.alluvium.cli.bench.measure.MeasureTables;
import io.alluvium.cli.local.machine.ScratchFolder;
import io.alluvium.cli.local.machine.ShippedBase;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.streams.bench.planted.PlantedProgram;
import io.alluvium.trainer.bench.tutor.TutorProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code alluvium bench planted}: does streams-app find what was planted? */
@Command(
    name = "planted",
    description = "Measure what each rule finds in a generated stream.",
    footer = {
      "",
      "30 %% near-duplicates, 2 %% secrets, 2 %% leaked suite items, 5 %% wrong answers, five unseen domains at 1 %% each. "
          + "The whole topology runs in a process of its own, without broker. Real scores come from the shipped base in "
          + "another one, which also trains an adapter on each window of 256 weighed records; they take some ten minutes. "
          + "Modelled ones are drawn as real ones were. The same seed gives the same stream.",
      "",
      "Examples:",
      "  alluvium bench planted --seed 7",
      "  alluvium bench planted --seed 7 --scores modelled --records 4000 --format json"
    })
public final class BenchPlantedCommand implements Runnable {
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
      names = "--scores",
      defaultValue = "real",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private ScoreSource scores = ScoreSource.real;

  @Option(
      names = "--texts",
      paramLabel = "DIR",
      description =
          "JSONL files of real texts, whose refusals are counted too (default:"
              + " ../shared/data/streams beside the project, where it is there).")
  private @Nullable Path texts;

  @Mixin private final FormatOption format = new FormatOption();

  /** Speaks to a terminal. */
  public BenchPlantedCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Where losses and embeddings come from. */
  enum ScoreSource {
    /** The shipped base and adapters trained on the way. */
    real,
    /** Drawn. */
    modelled
  }

  @Override
  public void run() {
    if (records < 100) {
      throw CommandException.usage(
          "--records is %d, must be at least 100: shares are counted in hundredths"
              .formatted(records));
    }
    JsonNode results = results(measured());
    if (format.isJson()) {
      terminal.print(report(results));
    } else {
      terminal.print(BenchMachine.line());
      terminal.print("%d records, seed %d, %s scores".formatted(records, seed, scores));
      MeasureTables.of(results).forEach(terminal::print);
    }
  }

  private String measured() {
    try (ScratchFolder folder = ScratchFolder.make("alluvium-planted")) {
      PlantedProgram.Order order =
          new PlantedProgram.Order(seed, records, folder.path(), tutor(), texts());
      return ChildOutput.ofStreamsBench(
              new ChildOutput.Program(
                  PlantedProgram.class, List.of("-Xmx1g"), List.of(JSON.writeValueAsString(order))))
          .lastLine();
    } catch (IOException failed) {
      throw CommandException.failed("cannot measure: " + failed.getMessage(), failed);
    }
  }

  private List<String> tutor() {
    return scores == ScoreSource.modelled
        ? List.of()
        : ChildOutput.ofJava(
                System.getProperty("java.class.path"),
                new ChildOutput.Program(
                    TutorProgram.class,
                    List.of("-Xmx1g", "-XX:+UseSerialGC", "-Dai.djl.offline=true"),
                    List.of(ShippedBase.folder().toString())))
            .command();
  }

  private List<Path> texts() throws IOException {
    Path folder = texts == null ? beside() : texts;
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jsonl"))
          .map(Path::toAbsolutePath)
          .sorted()
          .toList();
    }
  }

  private static Path beside() {
    return Path.of(System.getProperty("alluvium.home", "."), "..", "shared", "data", "streams");
  }

  private static JsonNode results(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException other) {
      throw CommandException.failed("the measurement printed no result", other);
    }
  }

  private ObjectNode report(JsonNode results) {
    ObjectNode report = BenchMachine.report(results);
    return report.put("seed", seed).put("records", records).put("scores", scores.name());
  }
}
