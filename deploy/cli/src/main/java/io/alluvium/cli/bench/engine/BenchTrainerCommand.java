package io.alluvium.cli.bench.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.bench.engine.report.AdapterReport;
import io.alluvium.cli.bench.engine.report.BenchReport;
import io.alluvium.cli.bench.engine.report.MemoryReport;
import io.alluvium.cli.bench.engine.report.MethodReport;
import io.alluvium.cli.bench.engine.report.StepReport;
import io.alluvium.cli.bench.engine.run.EagerLoop;
import io.alluvium.cli.bench.engine.run.EngineOptions;
import io.alluvium.cli.bench.engine.run.EngineRuns;
import io.alluvium.cli.bench.engine.run.SharedBase;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.trainer.bench.work.BenchOrder.Kind;
import io.alluvium.trainer.decoder.options.Precision;
import io.alluvium.trainer.finetune.method.choice.Methods;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code alluvium bench trainer}: training steps. */
@Command(
    name = "trainer",
    description = "Measure training steps: speed against matrix products, memory.",
    footer = {
      "",
      "LoRA of rank 8 on every linear. modelFlops counts 4 x matrix parameters per token (the base is frozen), and "
          + "attention; mfu is its share of what matrix products of the same shapes and type reach in the same process. "
          + "With --against-eager a plain PyTorch loop (Debian: python3-torch, libopenblas0-pthread) takes turns with ours. "
          + "--soak trains steps of changing layout and shows how resident memory drifts; --workers shows what each of "
          + "several processes on one base has of the base's pages for itself.",
      "",
      "Examples:",
      "  alluvium bench trainer",
      "  alluvium bench trainer --configuration small --data-type FP32 --recompute",
      "  alluvium bench trainer --configuration shipped --adapters 64",
      "  alluvium bench trainer --configuration small --data-type FP32 --against-eager --format json",
      "  alluvium bench trainer --configuration shipped --data-type FP32 --threads 1 --soak 10000",
      "  alluvium bench trainer --configuration small --data-type BF16 --workers 2",
      "  alluvium bench trainer --configuration shipped --data-type FP32 --methods slow=0.5,ewc=1"
    })
public final class BenchTrainerCommand implements Runnable {
  private static final int TURNS = 3;

  private final Terminal terminal;
  @Mixin private EngineOptions options = new EngineOptions();

  @Option(names = "--recompute", description = "Compute inner values again on the way back.")
  private boolean recompute;

  @Option(names = "--against-eager", description = "Add the ratio to a plain PyTorch loop.")
  private boolean againstEager;

  @Option(
      names = "--adapters",
      paramLabel = "N",
      description = "Measure instead what N adapters on one base cost: memory of each, switching.")
  private int adapters;

  @Option(
      names = "--step-sizes",
      description =
          "Measure instead steps of 1 to 64 records, and what four adapters in one step could gain.")
  private boolean stepSizes;

  @Option(
      names = "--soak",
      paramLabel = "STEPS",
      description = "Resident memory over so many steps, instead of speed.")
  private int soak;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Memory of N processes on one base, instead of speed.")
  private int workers;

  @Option(
      names = "--methods",
      paramLabel = "NAME=AMOUNT",
      split = ",",
      description =
          "Measure instead what steps cost with each of these methods, against steps without.")
  private @Nullable Map<String, Double> methods;

  /** Speaks to a terminal. */
  public BenchTrainerCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    EngineRuns runs = new EngineRuns(terminal, Kind.TRAINER, options);
    if (adapters > 0) {
      List<ObjectNode> costs =
          options.configurations().stream()
              .map(name -> runs.adapters(EngineRuns.Case.of(name, Precision.FP32), adapters))
              .toList();
      AdapterReport.print(terminal, options.format(), costs);
      return;
    }
    if (stepSizes) {
      StepReport.print(
          terminal,
          options.format(),
          runs.cases().stream().flatMap(what -> runs.sizes(what).stream()).toList());
      return;
    }
    if (methods != null) {
      MethodReport.print(terminal, options.format(), withMethods(runs, methods));
      return;
    }
    List<ObjectNode> results = new ArrayList<>();
    for (EngineRuns.Case what : runs.cases()) {
      EngineRuns.Case chosen = recompute ? what.recomputing() : what;
      results.addAll(measured(runs, chosen));
    }
    report(results);
  }

  /** Each right after steps without it, so that both see the same machine. */
  private static List<ObjectNode> withMethods(EngineRuns runs, Map<String, Double> methods) {
    requireKnown(methods);
    List<ObjectNode> results = new ArrayList<>();
    for (EngineRuns.Case what : runs.cases()) {
      methods.forEach(
          (name, amount) ->
              results.add(
                  MethodReport.result(
                      name, runs.run(what), runs.run(what.with(Map.of(name, amount))))));
    }
    return results;
  }

  private static void requireKnown(Map<String, Double> methods) {
    try {
      methods.forEach((name, amount) -> Methods.of(Map.of(name, amount)));
    } catch (IllegalArgumentException wrong) {
      throw CommandException.usage(String.valueOf(wrong.getMessage()), wrong);
    }
  }

  private List<ObjectNode> measured(EngineRuns runs, EngineRuns.Case what) {
    if (workers > 0) {
      return new SharedBase(runs, workers).measure(what);
    }
    if (soak > 0) {
      return List.of(runs.soak(what, soak));
    }
    return List.of(againstEager ? inTurns(runs, what) : runs.run(what));
  }

  private void report(List<ObjectNode> results) {
    if (options.format().isJson() || soak + workers == 0) {
      BenchReport.print(terminal, options.format(), results);
    } else {
      MemoryReport.print(terminal, results);
    }
  }

  /** The middle of three pairs; what else the machine does hits both of a pair. */
  private ObjectNode inTurns(EngineRuns runs, EngineRuns.Case what) {
    EagerLoop eager = new EagerLoop(options.threads(), options.steps());
    List<ObjectNode> pairs = new ArrayList<>();
    for (int turn = 0; turn < TURNS; turn++) {
      ObjectNode ours = runs.run(what);
      eager.addTo(ours, runs.order(what));
      pairs.add(ours);
    }
    pairs.sort((a, b) -> Double.compare(ratio(a), ratio(b)));
    return pairs.get(TURNS / 2);
  }

  private static double ratio(ObjectNode result) {
    return result.path(EagerLoop.RATIO).asDouble();
  }
}
