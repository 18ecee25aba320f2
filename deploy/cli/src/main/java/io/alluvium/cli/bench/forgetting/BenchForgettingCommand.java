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
import io.alluvium.cli.watch.WindowSize;
import io.alluvium.streams.config.StreamsAppConfig;
import io.alluvium.streams.replay.sample.ReplayConfig;
import io.alluvium.trainer.bench.forgetting.Arm;
import io.alluvium.trainer.bench.forgetting.SequenceBench;
import io.alluvium.trainer.bench.forgetting.SequenceOrder;
import io.alluvium.trainer.bench.forgetting.SequenceOrder.DomainFiles;
import io.alluvium.trainer.bench.forgetting.SequenceResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
      description = "Arms to compare (default: none,plain,anchors,anchors+replay,default).")
  private @Nullable List<String> methods;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Of domains, training and replay (default: 3).")
  private @Nullable Integer seeds;

  @Option(
      names = "--domains",
      paramLabel = "N",
      description = "Learned one after the other (default: 5).")
  private @Nullable Integer domains;

  @Option(names = "--records", paramLabel = "N", description = "Of each domain (default: 768).")
  private @Nullable Integer records;

  @Option(
      names = "--quick",
      description =
          "What is not given is small: one seed, three domains of 512 records, plain and default.")
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

  /** Everything that was asked for, or left to the defaults. */
  private record Trial(List<String> methods, int seeds, int domains, int records) {}

  @Override
  public void run() {
    Trial trial =
        quick
            ? given(new Trial(List.of("plain", "default"), 1, 3, 512))
            : given(
                new Trial(
                    List.of("none", "plain", "anchors", "anchors+replay", "default"), 3, 5, 768));
    check(trial);
    List<SequenceResult> results = measured(trial);
    if (format.isJson()) {
      terminal.print(BenchMachine.report(JSON.valueToTree(results)));
      return;
    }
    terminal.print(BenchMachine.line());
    new ForgettingReport(results).lines().forEach(terminal::print);
  }

  private Trial given(Trial usual) {
    return new Trial(
        methods == null ? usual.methods() : methods,
        seeds == null ? usual.seeds() : seeds,
        domains == null ? usual.domains() : domains,
        records == null ? usual.records() : records);
  }

  private static void check(Trial trial) {
    if (trial.seeds() < 1 || trial.domains() < 2) {
      throw CommandException.usage(
          "seeds are %d and domains %d, want at least 1 and 2"
              .formatted(trial.seeds(), trial.domains()));
    }
    if (trial.records() < DomainFolder.fewest() || trial.records() > DomainFolder.most()) {
      throw CommandException.usage(
          "records are %d, want %d to %d"
              .formatted(trial.records(), DomainFolder.fewest(), DomainFolder.most()));
    }
    try {
      trial.methods().forEach(Arm::of);
    } catch (IllegalArgumentException wrong) {
      throw CommandException.usage(String.valueOf(wrong.getMessage()));
    }
  }

  private List<SequenceResult> measured(Trial trial) {
    Path root =
        workDir
            .toAbsolutePath()
            .resolve("forgetting-%d-%d".formatted(trial.domains(), trial.records()));
    List<SequenceResult> results = new ArrayList<>();
    try {
      for (long seed = 1; seed <= trial.seeds(); seed++) {
        Path work = root.resolve("seed-" + seed);
        List<DomainFiles> domains =
            new DomainFolder(work.resolve("domains"), trial.records()).drawn(trial.domains(), seed);
        for (String arm : trial.methods()) {
          terminal.say(
              "%s, seed %d: %d of %d"
                  .formatted(
                      arm, seed, results.size() + 1, trial.seeds() * trial.methods().size()));
          results.add(result(work, new Asked(arm, seed, domains)));
        }
      }
    } catch (IOException failed) {
      throw CommandException.failed(
          "%s cannot be read or written: make space, or name another folder with --work-dir"
              .formatted(root),
          failed);
    }
    return results;
  }

  /** One arm with one seed. */
  private record Asked(String arm, long seed, List<DomainFiles> domains) {}

  private SequenceResult result(Path work, Asked asked) throws IOException {
    Path kept = work.resolve("result-" + asked.arm() + ".json");
    if (Files.exists(kept)) {
      terminal.say(
          "  kept since %s, maybe by another build: remove %s to measure anew"
              .formatted(Files.getLastModifiedTime(kept), kept));
    } else {
      Path written = work.resolve(kept.getFileName() + ".part");
      Files.writeString(written, measured(order(work, asked)));
      Files.move(written, kept);
    }
    return JSON.readValue(Files.readString(kept), SequenceResult.class);
  }

  private static SequenceOrder order(Path work, Asked asked) {
    ReplayConfig replay = StreamsAppConfig.byDefault().replay();
    return new SequenceOrder(
        ShippedBase.folder().toString(),
        work.resolve(asked.arm()).toString(),
        asked.arm(),
        asked.seed(),
        new SequenceOrder.Stream(WindowSize.byDefault(), replay.share(), replay.examples()),
        asked.domains());
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
