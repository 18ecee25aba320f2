package io.alluvium.trainer.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetricsServerTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private final TrainerMetrics metrics =
      new TrainerMetrics("train", Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void healthFollowsReadiness() throws Exception {
    try (MetricsServer server = MetricsServer.start(0, metrics)) {
      assertThat(get(server, "/health").statusCode()).isEqualTo(503);
      assertThat(scrape(server)).contains("alluvium_ready 0.0");
      server.starting("64 of 2500 anchors generated");
      assertThat(get(server, "/health").body())
          .isEqualTo("starting: 64 of 2500 anchors generated\n");
      server.ready();
      assertThat(get(server, "/health").statusCode()).isEqualTo(200);
      assertThat(scrape(server)).contains("alluvium_ready 1.0");
    }
  }

  @Test
  void numbersAreServedUnderTheirAgreedNames() throws Exception {
    metrics.foresee(List.of("TOO_LONG"), List.of("published"), List.of("released"));
    metrics.passed(3);
    metrics.oldestWaiting(NOW.minusSeconds(90));
    metrics.waiting(12);
    metrics.freshness(Duration.ofSeconds(20));
    metrics.stageTime("gate", Duration.ofMillis(70));
    metrics.windowLoss("a", 1.5);
    metrics.prequentialLoss("a", 2.5);
    metrics.heldOutGain("a", 0.25);
    metrics.currentVersion("a", 7);
    metrics.publishedAt(NOW);
    metrics.tokens(500, Duration.ofSeconds(2));
    metrics.verdict("released");
    try (MetricsServer server = MetricsServer.start(0, metrics)) {
      assertThat(scrape(server))
          .contains(
              "alluvium_records_total{outcome=\"passed\",reason=\"\",stage=\"train\"} 3.0",
              "alluvium_records_total{outcome=\"refused\",reason=\"TOO_LONG\",stage=\"train\"} 0.0",
              "alluvium_lag_age_seconds{stage=\"train\"} 90.0",
              "alluvium_lag_records{stage=\"train\"} 12.0",
              "alluvium_freshness_seconds_bucket{le=\"15.0\"} 0",
              "alluvium_freshness_seconds_bucket{le=\"30.0\"} 1",
              "alluvium_stage_seconds_bucket{stage=\"gate\",le=\"0.1\"} 1",
              "alluvium_window_loss_nats{adapter=\"a\"} 1.5",
              "alluvium_prequential_loss_nats{adapter=\"a\"} 2.5",
              "alluvium_heldout_gain_nats{adapter=\"a\"} 0.25",
              "alluvium_adapter_version{adapter=\"a\"} 7.0",
              "alluvium_tokens_total{stage=\"train\"} 500.0",
              "alluvium_tokens_per_second{stage=\"train\"} 250.0",
              "alluvium_verdicts_total{outcome=\"released\"} 1.0",
              "alluvium_transactions_total{fate=\"published\",stage=\"train\"} 0.0")
          .containsPattern("alluvium_last_publication_timestamp_seconds 1\\.7672");
      metrics.drained();
      assertThat(scrape(server)).contains("alluvium_lag_age_seconds{stage=\"train\"} 0.0");
    }
  }

  @Test
  void aWaitForTransactionsGrowsUntilItEndsAndIsThatOfWhoeverWaitsNow() throws Exception {
    try (MetricsServer server = MetricsServer.start(0, metrics)) {
      String wait = "alluvium_transaction_wait_seconds{awaited=\"offsets\",stage=\"train\"} ";
      metrics.transactionWait("offsets", Optional::empty);
      assertThat(scrape(server)).contains(wait + "0.0");
      metrics.transactionWait("offsets", () -> Optional.of(NOW.minusSeconds(20)));
      assertThat(scrape(server)).contains(wait + "20.0");
    }
  }

  @Test
  void adaptersBeyondTheBoundShareASeries() throws Exception {
    IntStream.range(0, 300).forEach(n -> metrics.currentVersion("adapter-" + n, n));
    try (MetricsServer server = MetricsServer.start(0, metrics)) {
      assertThat(
              scrape(server).lines().filter(line -> line.startsWith("alluvium_adapter_version{")))
          .hasSize(101);
    }
  }

  @Test
  void aPortInUseIsNamed() {
    try (MetricsServer first = MetricsServer.start(0, metrics)) {
      assertThatThrownBy(() -> MetricsServer.start(first.port(), metrics))
          .isInstanceOf(PortInUseException.class)
          .hasMessageContaining("metrics port " + first.port() + " cannot be opened");
    }
  }

  private static String scrape(MetricsServer server) throws IOException, InterruptedException {
    return get(server, "/metrics").body();
  }

  private static HttpResponse<String> get(MetricsServer server, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
