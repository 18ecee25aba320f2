package io.alluvium.cli.bench.gate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.bench.measure.BenchMachine;
import io.alluvium.cli.bench.measure.MeasureTables;
import io.alluvium.cli.local.option.BaseOption;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.trainer.bench.level.ReleaseShare;
import io.alluvium.trainer.bench.level.candidate.NullOrder;
import io.alluvium.trainer.gate.GainBound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code alluvium bench gate}: does the gate's bound keep its level? */
@Command(
    name = "gate",
    description = "Measure how often the gate's gain bound lets candidates through.",
    footer = {
      "",
      "falseReleases: share of samples of gains with mean 0 whose lower bound lies above 0, by the number of held-out "
          + "examples in a sample; at most 1 less the confidence where the bound keeps its level. claimed says whether it "
          + "claims to, from 8 examples on. releases: the same for normal gains of a mean above 0, in nats.",
      "",
      "With --nulls also nullReleases, for gains of real candidates. For each file of records, in an order drawn by the "
          + "seed: 512 are held out; an adapter learns two windows of 128 others, as the training role does, and is the "
          + "champion. It then learns a third window twice, apart: with the answers shuffled among the prompts, and as it "
          + "is. The gains of either candidate over the champion on the held-out records, less their mean, are the pool "
          + "from which samples are drawn with replacement. Records longer than --longest characters are left out; minutes "
          + "for each file.",
      "",
      "With --candidates N also nullCandidates: N real candidates of each file, made of --window records with shuffled "
          + "answers on a champion that learned --taught records as they are, and judged by the whole gate on 25 others; a "
          + "tenth as many take a step of length zero. released: how many the gate passes; falsely: those of "
          + "them that are no better on all records that nobody saw; gained: those whose gain bound exceeds 0; refused: those "
          + "that training would not go on from. Seconds for each candidate.",
      "",
      "Examples:",
      "  alluvium bench gate",
      "  alluvium bench gate --draws 100000 --seed 7 --confidence 0.9975 --format json",
      "  alluvium bench gate --nulls --records reviews.jsonl",
      "  alluvium bench gate --candidates 200 --records reviews.jsonl"
    })
public final class BenchGateCommand implements Runnable {
  /** What a window of 256 records has by default. */
  private static final int HELD_OUT = 25;

  private final Terminal terminal;

  @Option(
      names = "--draws",
      paramLabel = "N",
      defaultValue = "20000",
      description = "Samples for each figure (default: ${DEFAULT-VALUE}).")
  private int draws;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Of what is drawn; equal seeds give equal figures (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--confidence",
      paramLabel = "C",
      defaultValue = "0.95",
      description = "One-sided, above 0.5 and below 1 (default: ${DEFAULT-VALUE}).")
  private double confidence;

  @Option(
      names = "--worst-loss",
      paramLabel = "NATS",
      defaultValue = "0",
      description =
          "How far below the mean an unseen gain may lie that the bound allows for (default: ${DEFAULT-VALUE}).")
  private double worstLoss;

  @Option(names = "--nulls", description = "Measure gains of real candidates too.")
  private boolean nulls;

  @Option(
      names = "--candidates",
      paramLabel = "N",
      defaultValue = "0",
      description = "Judge so many null candidates of each file (default: ${DEFAULT-VALUE}).")
  private int candidates;

  @Option(
      names = "--taught",
      paramLabel = "N",
      defaultValue = "768",
      description = "Records that their champion learned (default: ${DEFAULT-VALUE}).")
  private int taught;

  @Option(
      names = "--window",
      paramLabel = "N",
      defaultValue = "32",
      description = "Records that each of them learns (default: ${DEFAULT-VALUE}).")
  private int window;

  @Mixin private final BaseOption base = new BaseOption();

  @Option(
      names = "--records",
      paramLabel = "FILE",
      split = ",",
      description =
          "JSONL files with prompt and completion for --nulls and --candidates (default: those of ../shared/data/streams beside the"
              + " project).")
  private List<Path> records = List.of();

  @Option(
      names = "--longest",
      paramLabel = "N",
      defaultValue = "400",
      description = "Characters of a record for --nulls (default: ${DEFAULT-VALUE}).")
  private int longest;

  @Mixin private final FormatOption format = new FormatOption();

  /** Speaks to a terminal. */
  public BenchGateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    GateLevel level = new GateLevel(terminal, releaseShare());
    List<NullGains.Pool> pools = nulls ? pools() : List.of();
    ArrayNode results = JsonNodeFactory.instance.arrayNode();
    level.falseReleases().forEach(results::add);
    level.releases().forEach(results::add);
    level.nullReleases(pools).forEach(results::add);
    nullCandidates().forEach(results::add);
    if (format.isJson()) {
      ObjectNode report = BenchMachine.report(results);
      report.put("draws", draws).put("seed", seed);
      terminal.print(report.put("confidence", confidence).put("worstLoss", worstLoss));
    } else {
      terminal.print(BenchMachine.line());
      terminal.print(
          "%d draws, seed %d, confidence %s, worst loss %s; columns are numbers of held-out examples"
              .formatted(draws, seed, confidence, worstLoss));
      MeasureTables.of(results).forEach(terminal::print);
    }
  }

  private ReleaseShare releaseShare() {
    if (draws < 1) {
      throw CommandException.usage("--draws is %d, must be at least 1".formatted(draws));
    }
    try {
      return new ReleaseShare(new GainBound(confidence, worstLoss), draws, seed);
    } catch (IllegalArgumentException outside) {
      throw CommandException.usage(Objects.requireNonNull(outside.getMessage()));
    }
  }

  private List<NullGains.Pool> pools() {
    return new NullGains(terminal, base.folder(), longest).of(files("--nulls"), seed);
  }

  private List<ObjectNode> nullCandidates() {
    if (candidates < 1) {
      return List.of();
    }
    NullOrder order =
        new NullOrder(base.folder().toString(), candidates, taught, window, HELD_OUT, seed);
    return new NullReleases(terminal, order, longest).of(files("--candidates"));
  }

  private List<Path> files(String option) {
    List<Path> files = records.isEmpty() ? beside() : records;
    if (files.isEmpty()) {
      throw CommandException.usage(option + " has no records; name files with --records");
    }
    return files;
  }

  private static List<Path> beside() {
    Path folder =
        Path.of(System.getProperty("alluvium.home", "."), "..", "shared", "data", "streams");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
    } catch (IOException unreadable) {
      throw CommandException.failed("cannot list " + folder, unreadable);
    }
  }
}
