package io.alluvium.cli.bench.streams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.cli.bench.measure.BenchMachine;
import io.alluvium.cli.bench.measure.ChildOutput;
import io.alluvium.cli.local.StackMessages;
import io.alluvium.cli.local.machine.ScratchFolder;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.StackConfig;
import io.alluvium.streams.bench.speed.StreamsBench;
import io.alluvium.streams.bench.speed.StreamsBench.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code alluvium bench streams}: all rooms against a topology without any. */
@Command(
    name = "streams",
    description = "Measure the streams-app: all rooms against reading and writing alone.",
    footer = {
      "",
      "Starts a broker and a registry of its own, fills examples and examples.scored, and lets either topology read "
          + "both, turn by turn in one process. recordsPerSecond is by the clock, with broker and clients on the same cores; "
          + "recordsPerSecondPerCore by the processor time of the application's process. Before it counts, both run until "
          + "the compilers have little left to do, at most six times; compilerShare is what they still took.",
      "",
      "Examples:",
      "  alluvium bench streams --format json",
      "  alluvium bench streams --adapters 1,100,10000 --turns 1",
      "  alluvium bench streams --growth --records 40000 --turns 1",
      "  alluvium bench streams --partitions 100 --adapters 100000 --turns 1 --kafka commit.interval.ms=10000"
    })
public final class BenchStreamsCommand implements Runnable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double MEGA = 1e6;

  private final Terminal terminal;

  @Option(
      names = "--records",
      defaultValue = "80000",
      description = "Of either input topic in each run (default: ${DEFAULT-VALUE}).")
  private int records;

  @Option(
      names = "--bytes",
      split = ",",
      defaultValue = "1024",
      description = "Sizes of a record's value (default: ${DEFAULT-VALUE}).")
  private List<Integer> bytes = List.of();

  @Option(
      names = "--adapters",
      split = ",",
      defaultValue = "16",
      description = "Numbers of adapters (default: ${DEFAULT-VALUE}).")
  private List<Integer> adapters = List.of();

  @Option(
      names = "--windows",
      split = ",",
      defaultValue = "1000",
      description = "Values of dedup.near.examples (default: ${DEFAULT-VALUE}).")
  private List<Integer> windows = List.of();

  @Option(
      names = "--partitions",
      split = ",",
      defaultValue = "2",
      description =
          "Numbers of partitions of every example topic (default: ${DEFAULT-VALUE}). The application holds 64 to 77 files open for each, the broker 23.")
  private List<Integer> partitions = List.of();

  @Option(
      names = "--kafka",
      paramLabel = "KEY=VALUE",
      description =
          "A setting of Kafka Streams beside the application's defaults; may be repeated.")
  private Map<String, String> kafka = Map.of();

  @Option(
      names = "--growth",
      description =
          "Instead of these lists: 250, 1,024 and 4,096 bytes, 1, 100 and 10,000 adapters, windows of 100, 1,000 and 10,000, one at a time.")
  private boolean growth;

  @Option(
      names = "--turns",
      defaultValue = "3",
      description = "How often each pair is measured; the middle counts.")
  private int turns;

  @Mixin private final FormatOption format = new FormatOption();

  /** Speaks to a terminal. */
  public BenchStreamsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    try (ScratchFolder folder = ScratchFolder.make("alluvium-bench")) {
      StackConfig config = StackConfig.in(folder.path().resolve("stack")).withFreePorts().tied();
      try (LocalStack stack = LocalStack.up(config, new StackMessages(terminal))) {
        print(JSON.readTree(measured(stack, folder.path())));
      }
    } catch (IOException failed) {
      throw CommandException.failed("cannot measure: " + failed.getMessage(), failed);
    }
  }

  private String measured(LocalStack stack, Path folder) throws IOException {
    Path stores = Files.createDirectories(folder.resolve("stores"));
    String order =
        JSON.writeValueAsString(
            new StreamsBench.Order(records, growth ? growing() : all(), turns, kafka));
    List<String> arguments =
        List.of(stack.bootstrapServers(), stack.registryUrl(), stores.toString(), order);
    return ChildOutput.ofStreamsBench(
            new ChildOutput.Program(StreamsBench.class, List.of("-Xmx2g"), arguments))
        .lastLine();
  }

  private List<Point> all() {
    return bytes.stream()
        .flatMap(
            size ->
                adapters.stream()
                    .flatMap(
                        number -> windows.stream().flatMap(window -> points(size, number, window))))
        .toList();
  }

  private Stream<Point> points(int size, int number, int window) {
    return partitions.stream().map(places -> new Point(size, number, window, places));
  }

  private static List<Point> growing() {
    return List.of(
        growing(1024, 100, 1000),
        growing(250, 100, 1000),
        growing(4096, 100, 1000),
        growing(1024, 1, 1000),
        growing(1024, 10_000, 1000),
        growing(1024, 100, 100),
        growing(1024, 100, 10_000));
  }

  private static Point growing(int size, int number, int window) {
    return new Point(size, number, window, 2);
  }

  private void print(JsonNode results) {
    if (format.isJson()) {
      terminal.print(BenchMachine.report(results));
      return;
    }
    terminal.print(BenchMachine.line());
    terminal.print(
        "records/s  per core  ratio  compilers  heap MB  resident MB  start s  files  lag s  configuration");
    for (JsonNode result : results) {
      terminal.print(
          String.format(
              Locale.ROOT,
              "%9.0f %9.0f  %5.2f  %9.2f  %7.0f  %11.0f  %7.1f  %5d  %5.2f  %s",
              result.path("recordsPerSecond").asDouble(),
              result.path("recordsPerSecondPerCore").asDouble(),
              result.path("ratioToPassThrough").asDouble(),
              result.path("compilerShare").asDouble(),
              result.path("heapBytes").asLong() / MEGA,
              result.path("residentBytes").asLong() / MEGA,
              result.path("startSeconds").asDouble(),
              result.path("openFiles").asLong(),
              result.path("lagSeconds").asDouble(),
              result.path("configuration").asText()));
    }
  }
}
