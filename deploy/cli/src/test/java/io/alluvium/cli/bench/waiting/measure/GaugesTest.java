package io.alluvium.cli.bench.waiting.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GaugesTest {
  private static final Gauges GAUGES =
      Gauges.parse(
          """
          # HELP alluvium_window_waiting Records that wait for a window, by reason
          # TYPE alluvium_window_waiting gauge
          alluvium_window_waiting{reason="too_few_to_train"} 30.0
          alluvium_window_waiting{reason="young"} 5.0
          alluvium_window_waiting_age_seconds{reason="young"} NaN
          alluvium_adapter_waiting{adapter="late",partition="0"} 40.0
          jvm_memory_used_bytes{area="heap",id="Tenured Gen"} 1.5E7
          jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 4.0E7
          some_bucket{le="+Inf"} +Inf
          alluvium_ready 1.0
          """);

  @Test
  void seriesOfAMetricAreAddedUp() {
    assertThat(GAUGES.sum("alluvium_window_waiting")).isEqualTo(35);
    assertThat(GAUGES.sum("alluvium_ready")).isEqualTo(1);
  }

  @Test
  void labelChoosesSeries() {
    assertThat(GAUGES.sum("jvm_memory_used_bytes", "area=\"heap\"")).isEqualTo(15_000_000);
    assertThat(GAUGES.sum("alluvium_adapter_waiting", "adapter=\"late\"")).isEqualTo(40);
  }

  @Test
  void whatIsNotThereIsZero() {
    assertThat(GAUGES.sum("alluvium_adapter_waiting", "adapter=\"other\"")).isZero();
    assertThat(Gauges.NONE.sum("alluvium_ready")).isZero();
  }
}
