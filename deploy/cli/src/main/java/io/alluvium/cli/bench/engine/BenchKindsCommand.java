package io.alluvium.cli.bench.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.alluvium.cli.bench.measure.BenchMachine;
import io.alluvium.cli.bench.measure.ChildOutput;
import io.alluvium.cli.connect.folder.DataFolder;
import io.alluvium.cli.local.machine.ShippedBase;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.trainer.bench.kinds.KindsBench;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code alluvium bench kinds}: kinds of adapters against each other. */
@Command(
    name = "kinds",
    description = "Compare kinds of adapters on the shipped base: what they learn, what adds up.",
    footer = {
      "",
      "Two skills that the base lacks (shifting letters, doubling letters) are learned apart, 256 records each, three "
          + "epochs, without anchors. Losses are means over 64 held-out records of each, nats per token of the answer: "
          + "under the adapter of the skill, and under the sum of both. Each kind has the learning rate, out of three, "
          + "with which it learns best. Times are those of the process, for steps of 16 x 64 tokens.",
      "",
      "Examples:",
      "  alluvium bench kinds",
      "  alluvium bench kinds --seeds 2 --format json"
    })
public final class BenchKindsCommand implements Runnable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Terminal terminal;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Of data and adapters (default: ${DEFAULT-VALUE}).")
  private int seeds = 3;

  @Option(
      names = "--work-dir",
      paramLabel = "DIR",
      description = "Where adapters are written (default: bench in the data directory).")
  private Path workDir = DataFolder.byDefault().root().resolve("bench");

  @Mixin private final FormatOption format = new FormatOption();

  /** Speaks to a terminal. */
  public BenchKindsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    if (seeds < 1) {
      throw CommandException.usage("seeds are " + seeds + ", want 1 or more");
    }
    JsonNode report = measured();
    if (format.isJson()) {
      ArrayNode results = JSON.createArrayNode();
      report.path("learning").forEach(results::add);
      report.path("steps").forEach(results::add);
      terminal.print(BenchMachine.report(results));
      return;
    }
    terminal.print(BenchMachine.line());
    terminal.print("kind       trained    rate   alone          summed         fall");
    report.path("learning").forEach(result -> terminal.print(learning(result)));
    terminal.print("kind                    first adapter s  step ms");
    report.path("steps").forEach(result -> terminal.print(step(result)));
  }

  private JsonNode measured() {
    List<String> arguments =
        List.of(
            ShippedBase.folder().toString(),
            workDir.toAbsolutePath().toString(),
            String.valueOf(seeds));
    ChildOutput child =
        ChildOutput.ofJava(
            System.getProperty("java.class.path"),
            new ChildOutput.Program(KindsBench.class, List.of("-XX:+UseSerialGC"), arguments));
    try {
      return JSON.readTree(child.lastLine());
    } catch (JsonProcessingException unreadable) {
      throw CommandException.failed("the measuring process printed no result", unreadable);
    }
  }

  private static String learning(JsonNode result) {
    double[] alone = values(result.path("alone"));
    double[] summed = values(result.path("summed"));
    double[] falls = new double[alone.length];
    for (int n = 0; n < falls.length; n++) {
      falls[n] = summed[n] - alone[n];
    }
    return String.format(
        Locale.ROOT,
        "%-8s %9d %7.4f  %s  %s  %s",
        result.path("kind").asText(),
        result.path("trained").asLong(),
        result.path("learningRate").asDouble(),
        spread(alone),
        spread(summed),
        spread(falls));
  }

  private static String step(JsonNode result) {
    return String.format(
        Locale.ROOT,
        "%-22s %16.3f %8.1f",
        result.path("kind").asText(),
        result.path("beginSeconds").asDouble(),
        1e3 * result.path("stepSeconds").asDouble());
  }

  private static double[] values(JsonNode numbers) {
    return StreamSupport.stream(numbers.spliterator(), /* parallel= */ false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  /** Mean, and the standard deviation over seeds. */
  private static String spread(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double square = 0;
    for (double value : values) {
      square += (value - mean) * (value - mean) / Math.max(1, values.length - 1);
    }
    return String.format(Locale.ROOT, "%.3f ± %.3f", mean, Math.sqrt(square));
  }
}
