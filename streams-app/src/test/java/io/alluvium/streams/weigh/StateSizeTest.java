package io.alluvium.streams.weigh;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.streams.weigh.rule.WeighPolicy;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What README.md says of the size of an adapter's state. */
class StateSizeTest {
  private static final WeighConfig CONFIG =
      new WeighConfig(WeighPolicy.FLOW, false, 256, 0.01, 0, 10, 0.3, 0.1, 0.1);

  @Test
  void temperatureAndRunningEpochOfAnAdapterAreTwelveKilobytesAtMost() {
    WeighState state = new WeighState();
    Random random = new Random(1);
    int largest = 0;
    for (int i = 0; i < 20_000; i++) {
      double loss = random.nextDouble();
      state.take(loss, new Weight(loss, loss, state.scale(loss, 0, CONFIG)), CONFIG);
      largest = i % 255 == 0 ? Math.max(largest, state.snapshot().length) : largest;
    }
    assertThat(largest).isBetween(8_000, 12_288);
  }
}
