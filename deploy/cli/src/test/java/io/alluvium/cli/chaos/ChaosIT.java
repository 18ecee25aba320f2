package io.alluvium.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alluvium.cli.Cli;
import org.junit.jupiter.api.Test;

/** Two minutes in which every process is killed and every kind of fault happens. */
class ChaosIT {
  private static final String SEED = "11";

  @Test
  void everythingIsKilledAndNothingIsLostOrDoubled() {
    Cli.Result result =
        Cli.run(
            ("chaos --minutes 1.5 --records 2500 --adapters 12 --kills-per-minute 8 --drain 10"
                    + " --format json --seed "
                    + SEED)
                .split(" "));

    assertThat(result.code()).as(result.err() + result.out()).isZero();
    JsonNode report = result.json().get(0).path("results").path(0);
    assertThat(report.path("killsByProcess")).as("seed " + SEED).hasSizeGreaterThanOrEqualTo(5);
    assertThat(report.path("faults").fieldNames())
        .toIterable()
        .contains(
            "kill",
            "stop and wake",
            "broker bounced",
            "registry down",
            "store unwritable",
            "local state removed");
    assertThat(report.path("zeros")).allSatisfy(zero -> assertThat(zero.asLong()).isZero());
    assertThat(report.at("/verify/zeros")).allSatisfy(zero -> assertThat(zero.asLong()).isZero());
    assertThat(report.path("produced").asLong()).isGreaterThanOrEqualTo(2_500);
  }
}
