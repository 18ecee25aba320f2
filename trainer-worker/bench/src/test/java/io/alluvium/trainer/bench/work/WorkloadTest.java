package io.alluvium.trainer.bench.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alluvium.trainer.bench.work.BenchOrder.Kind;
import org.junit.jupiter.api.Test;

/** The formula of the report, against a count by hand. */
class WorkloadTest {
  @Test
  void smallHasTheOperationsOfItsMatrices() {
    double tokens = 8 * 256;
    double block = 2 * 512 * 512 + 2 * 512 * 256 + 3 * 512 * 1408;
    double parameters = 8 * block + 8192 * 512;
    double scoresAndMix = 8.0 * 2 * 2 * (256.0 * 256 / 2) * 512 * 8;
    Workload small = Workload.random("small");
    assertThat(small.tokens()).isEqualTo((long) tokens);
    assertThat(small.flops(Kind.SCORER))
        .isCloseTo(2 * parameters * tokens + scoresAndMix, within(1.0));
    assertThat(small.flops(Kind.TRAINER))
        .isCloseTo(4 * parameters * tokens + 3 * scoresAndMix, within(1.0));
  }

  @Test
  void everyNamedConfigurationExists() {
    for (String name : Workload.RANDOM) {
      assertThat(Workload.random(name).batch()).as(name).isNotEmpty();
    }
  }
}
