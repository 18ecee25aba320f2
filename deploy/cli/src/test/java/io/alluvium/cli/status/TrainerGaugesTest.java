package io.alluvium.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainerGaugesTest {
  @Test
  void partitionsOfAnAdapterAddUpAndTheOldestAgeCounts() {
    TrainerGauges gauges =
        TrainerGauges.parse(
            """
            # HELP alluvium_adapter_waiting Records
            alluvium_adapter_waiting{adapter="a \\"b\\"",partition="0"} 3.0
            alluvium_adapter_waiting{adapter="a \\"b\\"",partition="1"} 4.0
            alluvium_adapter_waiting_age_seconds{adapter="a \\"b\\"",partition="0"} 60.5
            alluvium_adapter_waiting_age_seconds{adapter="a \\"b\\"",partition="1"} 7.0
            alluvium_adapter_waiting{adapter="done",partition="0"} 0.0
            alluvium_window_waiting{reason="too_few_to_judge"} 7.0
            alluvium_window_waiting{reason="young"} 0.0
            alluvium_ready 1.0
            """);
    assertThat(gauges.adapters()).isEqualTo(Map.of("a \"b\"", new TrainerGauges.Waits(7, 60.5)));
    assertThat(gauges.reasons()).isEqualTo(Map.of("too_few_to_judge", 7L));
  }

  @Test
  void textWithoutTheGaugesTellsNothing() {
    assertThat(TrainerGauges.parse("up 1\n").adapters()).isEmpty();
  }
}
