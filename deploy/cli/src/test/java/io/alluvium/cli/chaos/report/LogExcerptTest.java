package io.alluvium.cli.chaos.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogExcerptTest {
  @TempDir private Path logs;

  @Test
  void startsWarningsAndWhatWasTakenBackAreTold() throws IOException {
    Files.write(
        logs.resolve("trainer-score.log"),
        List.of(
            "--- start of trainer-score, 2026-11-27T23:09:17Z",
            "2026-11-27T23:09:21.778Z INFO  [main] ScoreModel - base opened",
            "2026-11-27T23:09:22.000Z INFO  [main] KafkaSession - nothing committed, reading again",
            "2026-11-27T23:09:23.000Z WARN  [main] Beginnings - waits " + "x".repeat(500)));
    Files.write(
        logs.resolve("broker.log"), List.of("2026-11-27T23:09:23.000Z WARN  [main] Broker"));
    assertThat(LogExcerpt.of(logs))
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).startsWith("trainer-score: ").hasSizeLessThan(260))
        .last()
        .asString()
        .contains("waits");
  }
}
