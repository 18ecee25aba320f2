package io.alluvium.streams.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.streams.bench.planted.PlantedBench;
import io.alluvium.streams.bench.planted.measure.Figures;
import io.alluvium.streams.bench.planted.outcome.Outcome;
import io.alluvium.streams.bench.planted.outcome.Row;
import io.alluvium.streams.bench.planted.score.ModelledScorer;
import io.alluvium.streams.bench.planted.stream.Planted.Plant;
import io.alluvium.streams.bench.planted.stream.PlantedStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The planted stream with modelled scores; {@code alluvium bench planted} asks the real base. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlantedTopologyTest {
  private static final long SEED = 7;
  private static final int RECORDS = 6000;

  private final PlantedStream.Stream stream = PlantedStream.of(SEED, RECORDS);
  private List<Row> rows = List.of();

  @BeforeAll
  void play(@TempDir Path folder) {
    try (ModelledScorer scorer = new ModelledScorer(SEED);
        PlantedBench bench = new PlantedBench(scorer, folder)) {
      List<Outcome> outcomes = bench.play(stream);
      rows = Figures.of(outcomes);
      rows.forEach(System.out::println);
    }
  }

  @Test
  void theSameSeedGivesTheSameStreamInTheStatedShares() {
    assertThat(PlantedStream.of(SEED, RECORDS)).isEqualTo(stream);
    assertThat(share(Plant.NEAR_DUPLICATE)).isBetween(0.27, 0.33);
    assertThat(share(Plant.SECRET)).isBetween(0.013, 0.027);
    assertThat(share(Plant.LEAK)).isBetween(0.013, 0.027);
    assertThat(share(Plant.WRONG_ANSWER)).isBetween(0.04, 0.06);
    assertThat(share(Plant.NEW_DOMAIN)).isEqualTo(0.05);
  }

  private double share(Plant plant) {
    return (double) stream.records().stream().filter(one -> one.plant() == plant).count() / RECORDS;
  }

  @Test
  void everyRuleFindsWhatWasPlantedAndLittleElse() {
    assertThat(rows(Row.Findings.class).filter(one -> one.form().equals("all")))
        .hasSize(3)
        .allSatisfy(one -> assertThat(one.recall()).isGreaterThanOrEqualTo(0.9))
        .allSatisfy(one -> assertThat(one.precision()).isGreaterThanOrEqualTo(0.98));
  }

  @Test
  void repetitionsAndLeaksAreFoundHoweverTheyWereAltered() {
    assertThat(
            rows(Row.Findings.class)
                .filter(one -> !one.rule().equals("secrets") && one.planted() >= 20))
        .hasSizeGreaterThan(8)
        .allSatisfy(one -> assertThat(one.recall()).isGreaterThanOrEqualTo(0.94));
  }

  @Test
  void nothingThatOnlyLooksLikeASecretIsOne() {
    assertThat(rows(Row.Findings.class).filter(one -> one.form().startsWith("not ")))
        .isNotEmpty()
        .allSatisfy(one -> assertThat(one.falsePositives()).isZero());
  }

  @Test
  void newDomainsStandOut() {
    assertThat(rows(Row.Novelty.class).filter(one -> one.domain().equals("all")))
        .singleElement()
        .satisfies(one -> assertThat(one.first()).isGreaterThanOrEqualTo(0.95));
  }

  @Test
  void wrongAnswersAreNoiseOrWeighLittle() {
    assertThat(rows(Row.WrongAnswers.class).filter(one -> one.topic().equals("all")))
        .singleElement()
        .satisfies(one -> assertThat(one.either()).isGreaterThanOrEqualTo(0.8))
        .satisfies(one -> assertThat(one.outlier()).isGreaterThanOrEqualTo(0.8))
        .satisfies(one -> assertThat(one.rightOutlier()).isLessThanOrEqualTo(0.02));
  }

  @Test
  void nothingIsADriftWhileNothingChanges() {
    assertThat(rows(Row.FalseAlarms.class))
        .singleElement()
        .satisfies(one -> assertThat(one.falseAlarms()).isLessThanOrEqualTo(1));
  }

  private <R extends Row> Stream<R> rows(Class<R> type) {
    return rows.stream().filter(type::isInstance).map(type::cast);
  }
}
