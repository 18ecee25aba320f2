package io.alluvium.cli.bench.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.bench.measure.BenchMachine;
import io.alluvium.cli.bench.measure.MeasureTables;
import io.alluvium.cli.explain.index.ExplainIndex;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code alluvium bench explain}: how long an answer takes on so many records. */
@Command(
    name = "explain",
    description = "Measure the index of explain: time to build it, and to answer from it.",
    footer = {
      "",
      "Records are drawn and written straight into an index of its own: what reading and decoding topics costs besides is "
          + "not in it. record: every sighting of a random example and the windows that hold it. window: the numbers of "
          + "a random version's 256 records. Milliseconds are medians and the slowest.",
      "",
      "Examples:",
      "  alluvium bench explain",
      "  alluvium bench explain --records 1000000 --answers 500 --format json"
    })
public final class BenchExplainCommand implements Callable<Integer> {
  private static final String VERSIONS = "adapter.versions";
  private static final double NS_PER_MS = 1e6;

  private final Terminal terminal;

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Examples in the index (default: ${DEFAULT-VALUE}).")
  private int records;

  @Option(
      names = "--answers",
      paramLabel = "N",
      defaultValue = "200",
      description = "Answers of each kind (default: ${DEFAULT-VALUE}).")
  private int answers;

  @Mixin private final FormatOption format = new FormatOption();

  /** Speaks to a terminal. */
  public BenchExplainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    CommandException.require(
        records >= 1, "--records is %d, must be at least 1".formatted(records));
    CommandException.require(
        answers >= 1, "--answers is %d, must be at least 1".formatted(answers));
    Path folder = Files.createTempDirectory("alluvium-bench-explain");
    try {
      print(measured(folder));
    } finally {
      delete(folder);
    }
    return 0;
  }

  private ArrayNode measured(Path folder) throws IOException {
    long began = System.nanoTime();
    try (ExplainIndex index = ExplainIndex.open(folder, VERSIONS)) {
      new DrawnFlow(records).into(index);
    }
    double buildSeconds = (System.nanoTime() - began) / NS_PER_MS / 1000;
    ArrayNode results = JsonNodeFactory.instance.arrayNode();
    results
        .addObject()
        .put("measure", "build")
        .put("records", records)
        .put("seconds", buildSeconds)
        .put("bytes", bytes(folder));
    long opening = System.nanoTime();
    try (ExplainIndex index = ExplainIndex.open(folder, VERSIONS)) {
      results
          .addObject()
          .put("measure", "open")
          .put("ms", (System.nanoTime() - opening) / NS_PER_MS);
      results.add(timed("record", number -> record(index, number)));
      results.add(timed("window", number -> index.records(DrawnFlow.window(number)).size()));
    }
    return results;
  }

  private static int record(ExplainIndex index, int number) {
    return index.sightings(DrawnFlow.id(number)).stream()
        .mapToInt(one -> index.windowOf(one.adapter(), one.place()).isPresent() ? 1 : 0)
        .sum();
  }

  /** Answers a question by a record's number, with how much was found. */
  private interface Question {
    int ask(int number);
  }

  private ObjectNode timed(String name, Question question) {
    SplittableRandom random = new SplittableRandom(2);
    double[] times = new double[answers];
    long found = 0;
    for (int n = 0; n < answers; n++) {
      int number = random.nextInt(records);
      long began = System.nanoTime();
      found += question.ask(number);
      times[n] = (System.nanoTime() - began) / NS_PER_MS;
    }
    Arrays.sort(times);
    return JsonNodeFactory.instance
        .objectNode()
        .put("measure", "answer")
        .put("question", name)
        .put("answers", answers)
        .put("found", found)
        .put("medianMs", times[answers / 2])
        .put("slowestMs", times[answers - 1]);
  }

  private void print(ArrayNode results) {
    if (format.isJson()) {
      terminal.print(BenchMachine.report(results));
    } else {
      terminal.print(BenchMachine.line());
      MeasureTables.of(results).forEach(terminal::print);
    }
  }

  private static long bytes(Path folder) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> below = Files.walk(folder)) {
      for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
