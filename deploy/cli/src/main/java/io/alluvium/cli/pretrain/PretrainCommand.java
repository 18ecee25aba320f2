package io.alluvium.cli.pretrain;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Progress;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.trainer.pretrain.PretrainConfig;
import io.alluvium.trainer.pretrain.PretrainResult;
import io.alluvium.trainer.pretrain.Pretraining;
import io.alluvium.trainer.pretrain.ProgressListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code alluvium pretrain}: makes a tiny base. */
@Command(
    name = "pretrain",
    description = "Train a tiny Llama on generated skills, as the shipped base was made.",
    footer = {
      "",
      "An interrupted run goes on where it stopped when the same command is given again. The folder holds "
          + "model, tokenizer and held-out suites per skill (retention), ready for up --base.",
      "",
      "Examples:",
      "  alluvium pretrain --out alluvium-tiny",
      "  alluvium pretrain --out quick --steps 500 --seed 3"
    })
public final class PretrainCommand implements Runnable {
  private final Terminal terminal;

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder to write.")
  private Path out = Path.of("");

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Optimiser steps (default: those of the shipped base).")
  private int steps = PretrainConfig.SHIPPED_STEPS;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of weights and records (default: that of the shipped base).")
  private long seed = PretrainConfig.SHIPPED_SEED;

  @Mixin private final FormatOption format = new FormatOption();

  /** Speaks to a terminal. */
  public PretrainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    try (Progress progress = Progress.start(terminal, "pretrain", steps)) {
      report(train(progress));
    }
  }

  private PretrainResult train(Progress progress) {
    try {
      return Pretraining.run(config(), listener(progress));
    } catch (IOException unwritable) {
      throw CommandException.failed(
          "cannot write %s: %s".formatted(out, unwritable.getMessage()), unwritable);
    }
  }

  private static ProgressListener listener(Progress progress) {
    return new ProgressListener() {
      @Override
      public void stepped(int step, double loss, long tokens) {
        progress.at(step, String.format(Locale.ROOT, "loss %.3f", loss));
      }

      @Override
      public void measured(int step, Map<String, Double> exactMatch) {
        progress.say("step %d, exact match %s".formatted(step, new TreeMap<>(exactMatch)));
      }
    };
  }

  private PretrainConfig config() {
    try {
      return PretrainConfig.of(out, steps, seed);
    } catch (IllegalArgumentException wrong) {
      throw CommandException.usage(String.valueOf(wrong.getMessage()), wrong);
    }
  }

  private void report(PretrainResult result) {
    if (format.isJson()) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("folder", result.folder().toString()).put("digest", result.digest());
      json.put("parameters", result.parameters()).put("tokens", result.tokens());
      json.put("wallSeconds", result.wall().toMillis() / 1e3);
      new TreeMap<>(result.exactMatch()).forEach(json.putObject("exactMatch")::put);
      terminal.print(json);
    } else {
      terminal.print("base %s (%s)".formatted(result.folder(), result.digest()));
      new TreeMap<>(result.exactMatch())
          .forEach(
              (skill, share) ->
                  terminal.print(String.format(Locale.ROOT, "  %-10s %.3f", skill, share)));
    }
  }
}
