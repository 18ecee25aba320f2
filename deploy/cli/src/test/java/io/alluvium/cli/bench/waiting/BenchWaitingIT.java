package io.alluvium.cli.bench.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alluvium.cli.Cli;
import org.junit.jupiter.api.Test;

/** All scenarios with few records. */
class BenchWaitingIT {
  @Test
  void everyScenarioReachesItsEndWithFewRecords() {
    Cli.Result result =
        Cli.run(
            ("bench waiting --adapters 8 --settled 200 --backlog 500 --minutes 0.05 --limit 5"
                    + " --format json")
                .split(" "));
    assertThat(result.code()).as(result.err()).isZero();
    JsonNode results = result.json().get(0).path("results");
    assertThat(results.findValuesAsText("scenario"))
        .containsExactly("adapters", "settled", "backlog");
    assertThat(results.path(0).path("records").asInt()).isEqualTo(24);
    assertThat(results.path(0).path("waiting").path("roundSeconds").asDouble()).isPositive();
    assertThat(results.path(1).path("rounds").asInt()).isEqualTo(1);
    assertThat(results.path(1).path("readSeconds").asDouble()).isPositive();
    assertThat(results.path(2).path("read").asInt()).isGreaterThanOrEqualTo(500);
    assertThat(results.path(2).path("rounds").asInt()).isPositive();
  }
}
