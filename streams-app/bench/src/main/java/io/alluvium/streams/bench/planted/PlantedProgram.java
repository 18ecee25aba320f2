package io.alluvium.streams.bench.planted;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.streams.bench.planted.measure.Figures;
import io.alluvium.streams.bench.planted.outcome.Row;
import io.alluvium.streams.bench.planted.score.ModelledScorer;
import io.alluvium.streams.bench.planted.score.Scorer;
import io.alluvium.streams.bench.planted.score.TutoredScorer;
import io.alluvium.streams.bench.planted.stream.PlantedStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Argument: an order as JSON. Prints one line of JSON: the rows. */
public final class PlantedProgram {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PlantedProgram() {}

  /**
   * What to do.
   *
   * @param seed of generator and modelled scores
   * @param records of the stream
   * @param folder empty
   * @param tutor command that runs the trainer-worker's tutor; empty for modelled scores
   * @param texts JSONL files of real texts that are led through admission and de-duplication
   */
  public record Order(long seed, int records, Path folder, List<String> tutor, List<Path> texts) {
    /** Copies. */
    public Order {
      tutor = List.copyOf(tutor);
      texts = List.copyOf(texts);
    }
  }

  /** Measures and prints. */
  public static void main(String... arguments) throws IOException {
    Order order = JSON.readValue(arguments[0], Order.class);
    List<Row> rows = new ArrayList<>(planted(order));
    rows.addAll(RealTexts.refused(order.texts, order.folder.resolve("texts")));
    System.out.println(
        JSON.writerFor(JSON.getTypeFactory().constructCollectionType(List.class, Row.class))
            .writeValueAsString(rows));
  }

  private static List<Row> planted(Order order) throws IOException {
    PlantedStream.Stream stream = PlantedStream.of(order.seed, order.records);
    try (Scorer scorer =
            order.tutor.isEmpty()
                ? new ModelledScorer(order.seed)
                : new TutoredScorer(order.tutor);
        PlantedBench bench = new PlantedBench(scorer, order.folder.resolve("planted"))) {
      return Figures.of(bench.play(stream));
    }
  }
}
