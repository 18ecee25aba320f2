package io.alluvium.cli.bench.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.bench.engine.report.BenchReport;
import io.alluvium.cli.bench.engine.run.EngineOptions;
import io.alluvium.cli.bench.engine.run.EngineRuns;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.trainer.bench.work.BenchOrder.Kind;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code alluvium bench scorer}: forward passes. */
@Command(
    name = "scorer",
    description = "Measure scoring: speed against matrix products, memory.",
    footer = {
      "",
      "modelFlops counts 2 x matrix parameters per token, and attention; mfu is its share of what matrix products "
          + "of the same shapes and type reach in the same process.",
      "",
      "Examples:",
      "  alluvium bench scorer",
      "  alluvium bench scorer --configuration small --data-type FP32 --format json"
    })
public final class BenchScorerCommand implements Runnable {
  private final Terminal terminal;
  @Mixin private EngineOptions options = new EngineOptions();

  /** Speaks to a terminal. */
  public BenchScorerCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    EngineRuns runs = new EngineRuns(terminal, Kind.SCORER, options);
    List<ObjectNode> results = new ArrayList<>();
    for (EngineRuns.Case what : runs.cases()) {
      results.add(runs.run(what));
    }
    BenchReport.print(terminal, options.format(), results);
  }
}
