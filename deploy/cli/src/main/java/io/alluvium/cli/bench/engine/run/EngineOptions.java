package io.alluvium.cli.bench.engine.run;

import io.alluvium.cli.connect.folder.DataFolder;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.trainer.decoder.options.Precision;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that training and scoring share. */
public final class EngineOptions {
  @Option(
      names = "--configuration",
      paramLabel = "NAME",
      split = ",",
      description = "shipped, small, vocab50k, smollm2-135m (default: all).")
  private List<String> configurations = List.of("shipped", "small", "vocab50k", "smollm2-135m");

  @Option(
      names = "--data-type",
      paramLabel = "TYPE",
      split = ",",
      description = "Of the frozen weights: FP32, BF16 (default: both).")
  private List<Precision> dataTypes = List.of(Precision.FP32, Precision.BF16);

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of a tensor operation (default: ${DEFAULT-VALUE}).")
  private int threads = 2;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Measured rounds, whose median counts (default: ${DEFAULT-VALUE}).")
  private int rounds = 9;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps per round (default: ${DEFAULT-VALUE}).")
  private int steps = 2;

  @Option(names = "--profile", description = "Add a table of times per op group.")
  private boolean profile;

  @Option(
      names = "--work-dir",
      paramLabel = "DIR",
      description = "Where random bases are kept (default: bench in the data directory).")
  private Path workDir = DataFolder.byDefault().root().resolve("bench");

  /** Names of the bases that are measured. */
  @Mixin private final FormatOption format = new FormatOption();

  public List<String> configurations() {
    return configurations;
  }

  List<Precision> dataTypes() {
    return dataTypes;
  }

  /** Threads of a tensor operation. */
  public int threads() {
    return threads;
  }

  int rounds() {
    return rounds;
  }

  /** Steps of a round. */
  public int steps() {
    return steps;
  }

  boolean profile() {
    return profile;
  }

  Path workDir() {
    return workDir.toAbsolutePath();
  }

  /** For whom results are printed. */
  public FormatOption format() {
    return format;
  }
}
