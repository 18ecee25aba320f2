package io.alluvium.cli.bench.forgetting;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.cli.bench.measure.BenchMachine;
import io.alluvium.cli.bench.measure.ChildOutput;
import io.alluvium.cli.connect.folder.DataFolder;
import io.alluvium.cli.local.machine.ShippedBase;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.trainer.bench.forgetting.Arm;
import io.alluvium.trainer.bench.forgetting.SequenceBench;
import io.alluvium.trainer.bench.forgetting.SequenceOrder;
import io.alluvium.trainer.bench.forgetting.SequenceResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code alluvium bench forgetting}: what is kept of a domain while the next ones are learned. */
@Command(
    name = "forgetting",
    description = "Compare arms on domains that one adapter learns one after the other.",
    footer = {
      "",
      "Each domain has a rule and facts of its own; an arm learns them in rounds of production and is measured on all of them "
          + "after each, and on the base's old skills. An arm is none, plain, default, or parts with + between them: anchors, flow, "
          + "replay, gate, lr=RATE. Without gate training goes on from every candidate. What was measured is kept in the work "
          + "folder: the same command goes on where it was stopped.",
      "",
      "Examples:",
      "  alluvium bench forgetting --quick",
      "  alluvium bench forgetting --methods plain,plain+lr=0.001,anchors,anchors+replay,default --seeds 10",
      "  alluvium bench forgetting --methods default --format json"
    })
public final class BenchForgettingCommand implements Runnable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Terminal terminal;

  @Option(
      names = "--methods",
      paramLabel = "ARM",
      split = ",",
      description = "Arms to compare (default: ${DEFAULT-VALUE}).")
  private List<String> methods = List.of("none", "plain", "anchors", "anchors+replay", "default");

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Of domains, training and replay (default: ${DEFAULT-VALUE}).")
  private int seeds = 3;

  @Option(
      names = "--domains",
      paramLabel = "N",
      description = "Learned one after the other (default: ${DEFAULT-VALUE}).")
  private int domains = 5;

  @Option(
      names = "--records",
      paramLabel = "N",
      description = "Of each domain (default: ${DEFAULT-VALUE}).")
  private int records = 768;

  @Option(
      names = "--quick",
      description = "One seed, three domains of 512 records, plain against default.")
  private boolean quick;

  @Option(
      names = "--work-dir",
      paramLabel = "DIR",
      description = "Where domains and results are kept (default: bench in the data directory).")
  private Path workDir = DataFolder.byDefault().root().resolve("bench");

  @Mixin private final FormatOption format = new FormatOption();

  /** Speaks to a terminal. */
  public BenchForgettingCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    if (quick) {
      methods = List.of("plain", "default");
      seeds = 1;
      domains = 3;
      records = 512;
    }
    check();
    List<SequenceResult> results = measured();
    if (format.isJson()) {
      terminal.print(BenchMachine.report(JSON.valueToTree(results)));
      return;
    }
    terminal.print(BenchMachine.line());
    new ForgettingReport(results).lines().forEach(terminal::print);
  }

  private void check() {
    if (seeds < 1 || domains < 2) {
      throw CommandException.usage(
          "seeds are %d and domains %d, want at least 1 and 2".formatted(seeds, domains));
    }
    if (records < DomainFolder.fewest() || records > DomainFolder.most()) {
      throw CommandException.usage(
          "records are %d, want %d to %d"
              .formatted(records, DomainFolder.fewest(), DomainFolder.most()));
    }
    try {
      methods.forEach(Arm::of);
    } catch (IllegalArgumentException wrong) {
      throw CommandException.usage(String.valueOf(wrong.getMessage()));
    }
  }

  private List<SequenceResult> measured() {
    List<SequenceResult> results = new ArrayList<>();
    for (long seed = 1; seed <= seeds; seed++) {
      for (String arm : methods) {
        terminal.say(
            "%s, seed %d: %d of %d"
                .formatted(arm, seed, results.size() + 1, seeds * methods.size()));
        results.add(measured(arm, seed));
      }
    }
    return results;
  }

  private SequenceResult measured(String arm, long seed) {
    Path work =
        workDir
            .toAbsolutePath()
            .resolve("forgetting-%d-%d".formatted(domains, records))
            .resolve("seed-" + seed);
    Path kept = work.resolve("result-" + arm + ".json");
    try {
      if (!Files.exists(kept)) {
        Path written = work.resolve(kept.getFileName() + ".part");
        SequenceOrder order =
            new SequenceOrder(
                ShippedBase.folder().toString(),
                work.resolve(arm).toString(),
                arm,
                seed,
                new DomainFolder(work.resolve("domains"), records).drawn(domains, seed));
        Files.writeString(written, measured(order));
        Files.move(written, kept);
      }
      return JSON.readValue(Files.readString(kept), SequenceResult.class);
    } catch (IOException failed) {
      throw CommandException.failed(
          "%s cannot be read or written: make space, or name another folder with --work-dir"
              .formatted(work),
          failed);
    }
  }

  private static String measured(SequenceOrder order) throws JsonProcessingException {
    return ChildOutput.ofJava(
            System.getProperty("java.class.path"),
            new ChildOutput.Program(
                SequenceBench.class,
                List.of("-XX:+UseSerialGC"),
                List.of(JSON.writeValueAsString(order))))
        .lastLine();
  }
}
