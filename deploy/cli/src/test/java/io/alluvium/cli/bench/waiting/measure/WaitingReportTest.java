package io.alluvium.cli.bench.waiting.measure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class WaitingReportTest {
  private static final long MEBIBYTE = 1 << 20;
  private static final WaitingReport.Settled SETTLED =
      new WaitingReport.Settled(20_000, 30.5, 2, 10, 12.5, MEBIBYTE, 2 * MEBIBYTE);
  private static final WaitingReport.Backlog BACKLOG =
      new WaitingReport.Backlog(
          500,
          4,
          400,
          3,
          60,
          new WaitingReport.Memory(MEBIBYTE, 3 * MEBIBYTE, 2 * MEBIBYTE, MEBIBYTE));

  @Test
  void heapOfAnAdapterIsWhatExceedsTheEmptyTopics() {
    WaitingReport.Adapters adapters =
        new WaitingReport.Adapters(
            100, 300, idle(OptionalLong.of(MEBIBYTE)), idle(OptionalLong.of(MEBIBYTE + 40_000)));
    assertThat(adapters.heapPerAdapter()).hasValue(400);
    assertThat(adapters.json().path("heapBytesPerAdapter").asLong()).isEqualTo(400);
    assertThat(adapters.text().get(0)).contains("300 records wait, 400 bytes");
  }

  @Test
  void heapIsNullWithoutJcmd() {
    WaitingReport.Adapters adapters =
        new WaitingReport.Adapters(
            100, 300, idle(OptionalLong.empty()), idle(OptionalLong.empty()));
    assertThat(adapters.json().path("heapBytesPerAdapter").isNull()).isTrue();
    assertThat(adapters.json().path("waiting").path("heapBytes").isNull()).isTrue();
    assertThat(adapters.text()).allMatch(line -> line.contains("unknown"));
  }

  @Test
  void scenariosStandInTheirOrder() {
    WaitingReport report = new WaitingReport(List.of(SETTLED, BACKLOG));
    JsonNode results = report.json();
    assertThat(results.findValuesAsText("scenario")).containsExactly("settled", "backlog");
    assertThat(results.path(0).path("readSeconds").asDouble()).isEqualTo(12.5);
    assertThat(results.path(1).path("recordsPerSecond").asDouble()).isEqualTo(100);
    assertThat(report.text())
        .contains(
            "settled: 20000 records behind a sleeper, done in 2 rounds after 31 s, resident 1 MiB",
            "  resident first 1 MiB, max 3, last 2; heap in use at most 1 MiB");
  }

  private static WaitingReport.Idle idle(OptionalLong heap) {
    return new WaitingReport.Idle(5, 6, heap, MEBIBYTE, 0.25, 1.5);
  }
}
