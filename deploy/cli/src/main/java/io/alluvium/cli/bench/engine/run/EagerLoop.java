package io.alluvium.cli.bench.engine.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.bench.measure.ChildOutput;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.trainer.bench.work.BenchOrder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The same steps by a plain eager PyTorch loop. */
public final class EagerLoop {
  /** Result field: how many times as fast ours is. */
  public static final String RATIO = "ratioToEager";

  private static final String PYTHON = "/usr/bin/python3";

  private final int threads;
  private final int steps;

  /** For as many threads of an operation and steps as ours has. */
  public EagerLoop(int threads, int steps) {
    this.threads = threads;
    this.steps = steps;
  }

  /**
   * Runs it on the batch that was measured, and adds {@code ratioToEager}, {@code
   * eagerSecondsPerStep}, {@code eagerPeakRssBytes}, {@code eagerFirstLoss} and {@code
   * eagerPaddingWaste}.
   *
   * @throws CommandException when PyTorch is absent
   */
  public void addTo(ObjectNode ours, BenchOrder order) {
    Path script =
        Path.of(System.getProperty("alluvium.home", "."), "trainer-worker/bench/eager_lora.py");
    String line =
        new ChildOutput(
                List.of(
                    PYTHON,
                    script.toString(),
                    "--base",
                    order.folder().toString(),
                    "--batch",
                    order.batch().toString(),
                    "--threads",
                    Integer.toString(threads),
                    "--steps",
                    Integer.toString(steps)))
            .lastLine();
    try {
      JsonNode eager = new ObjectMapper().readTree(line);
      double seconds = eager.path("secondsPerStep").asDouble();
      ours.put(RATIO, seconds / ours.path("secondsPerStep").asDouble());
      ours.put("eagerSecondsPerStep", seconds);
      ours.put("eagerPeakRssBytes", eager.path("peakRssBytes").asLong());
      ours.put("eagerFirstLoss", eager.path("firstLoss").asDouble());
      ours.put("eagerPaddingWaste", eager.path("paddingWaste").asDouble());
    } catch (IOException unreadable) {
      throw CommandException.failed(
          "%s printed no result: %s".formatted(script, unreadable.getMessage()), unreadable);
    }
  }
}
