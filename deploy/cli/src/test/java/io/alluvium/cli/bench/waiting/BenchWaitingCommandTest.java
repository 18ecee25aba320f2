package io.alluvium.cli.bench.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.cli.Cli;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchWaitingCommandTest {
  @ParameterizedTest
  @CsvSource({
    "--adapters,-1",
    "--each,16",
    "--each,0",
    "--settled,1000000",
    "--backlog,-1",
    "--minutes,0",
    "--limit,2",
    "--set,trainer.readAhead.records=many",
  })
  void optionThatCannotBeIsOneLineAndExitTwo(String option, String value) {
    Cli.Result result = Cli.run("bench", "waiting", option, value);
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.errLines()).singleElement().asString().contains(option);
  }

  @Test
  void settledRecordsFillTheirWindows() {
    assertThat(new SettledBehind(990_000).records()).isEqualTo(990_000);
    assertThat(new SettledBehind(200).records()).isEqualTo(200);
    SettledBehind odd = new SettledBehind(15_001);
    assertThat(odd.records()).isEqualTo(15_000);
    assertThat(odd.settings()).containsEntry("trainer.window.examples", "7500");
  }

  @Test
  void backlogEndsWhereReadingAheadDoes() {
    assertThat(new Backlog(500, 2_000, Duration.ofMinutes(1)).readAhead()).isEqualTo(500);
    assertThat(new Backlog(5_000, 2_000, Duration.ofMinutes(1)).readAhead()).isEqualTo(2_000);
  }
}
