package io.alluvium.cli.bench.gate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.terminal.Progress;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.trainer.bench.level.GainShape;
import io.alluvium.trainer.bench.level.ReleaseShare;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;

/**
 * Shares of samples that the gate's bound lets through, a row for each kind of gains.
 *
 * @param terminal where progress goes
 * @param share counts
 */
record GateLevel(Terminal terminal, ReleaseShare share) {
  private static final List<Integer> EXAMPLES =
      List.of(3, 5, 6, 8, 10, 12, 16, 25, 40, 64, 128, 256);

  /** Mean and deviation, nats. */
  private static final double[][] GAINS = {
    {0.01, 0.05}, {0.02, 0.05}, {0.05, 0.1}, {0.1, 0.1}, {0.1, 0.3}, {0.2, 0.3}, {0.5, 0.5}
  };

  private record Row(ObjectNode head, BiFunction<Integer, Random, double[]> sample) {}

  List<ObjectNode> falseReleases() {
    List<Row> rows = new ArrayList<>();
    for (GainShape shape : GainShape.values()) {
      ObjectNode head = head("falseReleases").put("gains", shape.text());
      rows.add(new Row(head.put("claimed", shape.claimed()), shape::draw));
    }
    return measured(rows);
  }

  List<ObjectNode> releases() {
    List<Row> rows = new ArrayList<>();
    for (double[] gain : GAINS) {
      ObjectNode head = head("releases").put("mean", gain[0]).put("deviation", gain[1]);
      rows.add(
          new Row(
              head,
              (count, random) -> shifted(GainShape.NORMAL.draw(count, random), gain[0], gain[1])));
    }
    return measured(rows);
  }

  List<ObjectNode> nullReleases(List<NullGains.Pool> pools) {
    List<Row> rows = new ArrayList<>();
    for (NullGains.Pool pool : pools) {
      ObjectNode head = head("nullReleases").put("records", pool.records());
      head.put("candidate", pool.candidate()).put("pool", pool.gains().length);
      head.put("mean", pool.mean()).put("deviation", pool.deviation());
      rows.add(new Row(head.put("skewness", pool.skewness()), pool::draw));
    }
    return measured(rows);
  }

  private List<ObjectNode> measured(List<Row> rows) {
    List<ObjectNode> results = new ArrayList<>();
    try (Progress progress =
        Progress.start(terminal, "gains drawn", (long) rows.size() * EXAMPLES.size())) {
      for (Row row : rows) {
        for (int examples : EXAMPLES) {
          row.head.put(String.valueOf(examples), share.of(examples, row.sample));
          progress.at((long) results.size() * EXAMPLES.size() + EXAMPLES.indexOf(examples) + 1);
        }
        results.add(row.head);
      }
    }
    return results;
  }

  private static ObjectNode head(String measure) {
    return JsonNodeFactory.instance.objectNode().put("measure", measure);
  }

  private static double[] shifted(double[] normal, double mean, double deviation) {
    for (int n = 0; n < normal.length; n++) {
      normal[n] = mean + deviation * normal[n];
    }
    return normal;
  }
}
