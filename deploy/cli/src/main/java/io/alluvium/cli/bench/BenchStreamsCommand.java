package io.alluvium.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.local.ScratchFolder;
import io.alluvium.cli.local.StackMessages;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.OutputFormat;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.StackConfig;
import io.alluvium.streams.bench.speed.StreamsBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code alluvium bench streams}: all rooms against a topology without any. */
@Command(
    name = "streams",
    description = "Measure the streams-app: all rooms against reading and writing alone.",
    footer = {
      "",
      "Starts a broker and a registry of its own, fills examples and examples.scored, and lets either topology read",
      "both, turn by turn in one process. recordsPerSecond is by the clock, with broker and clients on the same cores;",
      "recordsPerSecondPerCore by the processor time of the application's process.",
      "",
      "Examples:",
      "  alluvium bench streams --format json",
      "  alluvium bench streams --adapters 1,100,10000 --turns 1"
    })
final class BenchStreamsCommand implements Runnable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Terminal terminal;

  @Option(
      names = "--records",
      defaultValue = "100000",
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
      defaultValue = "256",
      description = "Values of weigh.epochExamples and route.window (default: ${DEFAULT-VALUE}).")
  private List<Integer> windows = List.of();

  @Option(
      names = "--turns",
      defaultValue = "3",
      description = "How often each pair is measured; the middle counts.")
  private int turns;

  @Option(names = "--format", defaultValue = "text", description = "text or json.")
  private OutputFormat format = OutputFormat.text;

  BenchStreamsCommand(Terminal terminal) {
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
        JSON.writeValueAsString(new StreamsBench.Order(records, bytes, adapters, windows, turns));
    terminal.say("measuring; a pair of runs takes about a minute");
    List<String> arguments =
        List.of(stack.bootstrapServers(), stack.registryUrl(), stores.toString(), order);
    return ChildOutput.ofStreamsApp(
            new ChildOutput.Program(StreamsBench.class, List.of("-Xmx2g"), arguments))
        .lastLine();
  }

  private void print(JsonNode results) {
    if (format == OutputFormat.json) {
      ObjectNode report = JsonNodeFactory.instance.objectNode();
      report.set("machine", BenchMachine.json());
      report.set("results", results);
      terminal.print(report);
      return;
    }
    terminal.print(BenchMachine.line());
    terminal.print("records/s  per core  ratio  configuration");
    for (JsonNode result : results) {
      terminal.print(
          String.format(
              Locale.ROOT,
              "%9.0f %9.0f  %5.2f  %s",
              result.path("recordsPerSecond").asDouble(),
              result.path("recordsPerSecondPerCore").asDouble(),
              result.path("ratioToPassThrough").asDouble(),
              result.path("configuration").asText()));
    }
  }
}
