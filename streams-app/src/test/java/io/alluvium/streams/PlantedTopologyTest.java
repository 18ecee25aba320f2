package io.alluvium.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.streams.bench.planted.Findings;
import io.alluvium.streams.bench.planted.Planted;
import io.alluvium.streams.bench.planted.PlantedBench;
import io.alluvium.streams.bench.planted.PlantedStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlantedTopologyTest {
  private static final int RECORDS = 4000;

  @Test
  void theSameSeedGivesTheSameStreamInTheStatedShares() {
    PlantedStream.Stream stream = PlantedStream.of(7, RECORDS);
    assertThat(PlantedStream.of(7, RECORDS)).isEqualTo(stream);
    assertThat(share(stream, Planted.Plant.NEAR_DUPLICATE)).isBetween(0.27, 0.33);
    assertThat(share(stream, Planted.Plant.SECRET)).isBetween(0.014, 0.027);
    assertThat(share(stream, Planted.Plant.LEAK)).isBetween(0.014, 0.027);
    assertThat(share(stream, Planted.Plant.WRONG_ANSWER)).isBetween(0.04, 0.06);
    assertThat(share(stream, Planted.Plant.NEW_DOMAIN)).isEqualTo(0.05);
  }

  private static double share(PlantedStream.Stream stream, Planted.Plant plant) {
    return (double) stream.records().stream().filter(one -> one.plant() == plant).count() / RECORDS;
  }

  @Test
  void everyRuleFindsWhatWasPlantedAndLittleElse(@TempDir Path folder) {
    List<Findings> findings = PlantedBench.of(PlantedStream.of(7, RECORDS), folder);
    findings.forEach(
        one ->
            System.out.printf(
                "%s: precision %.4f, recall %.4f%n", one.rule(), one.precision(), one.recall()));
    assertThat(findings)
        .extracting(Findings::rule)
        .containsExactly("secrets", "suites", "nearDuplicates");
    assertThat(findings)
        .allSatisfy(one -> assertThat(one.recall()).isGreaterThanOrEqualTo(0.95))
        .allSatisfy(one -> assertThat(one.precision()).isGreaterThanOrEqualTo(0.99));
  }
}
