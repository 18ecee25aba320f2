package io.alluvium.streams.bench.planted.measure;

import io.alluvium.streams.bench.planted.outcome.Outcome;
import io.alluvium.streams.bench.planted.outcome.Row;
import java.util.List;
import java.util.stream.Stream;

/** Everything that is told about a played stream. */
public final class Figures {
  private Figures() {}

  /** All rows, in the order of the rooms. */
  public static List<Row> of(List<Outcome> outcomes) {
    return Stream.of(
            RuleFigures.of(outcomes),
            NoveltyFigures.of(outcomes),
            WeightFigures.of(outcomes),
            DriftFigures.of(outcomes))
        .flatMap(List::stream)
        .toList();
  }
}
