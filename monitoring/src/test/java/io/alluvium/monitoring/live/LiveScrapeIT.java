package io.alluvium.monitoring.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alluvium.monitoring.prometheus.PrometheusServer;
import io.alluvium.monitoring.queries.Expression;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import io.alluvium.stack.junit.need.NeedsProgram;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A real Prometheus scrapes the real system at work; every query of the dashboard must have
 * something to show, and every rule must evaluate. The last test takes a process away.
 */
@NeedsProgram(value = "prometheus", debianPackage = "prometheus")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LiveScrapeIT {
  @RegisterExtension static final LocalStackExtension STACK = LocalStackExtension.own();

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final String RATE_RANGE = "1m";
  private static final int WAVES = 6;

  private static PrometheusServer prometheus;

  @BeforeAll
  static void startEverything() throws IOException, ExecutionException, InterruptedException {
    LocalStack stack = STACK.stack();
    LiveSystem system = new LiveSystem(stack);
    system.start();
    prometheus = PrometheusServer.start(system.prometheusConfig(), stack.data());
    awaitSamples("up == 1", 3);
    awaitSamples("alluvium_ready == 1", 3);
    try (ExampleStream examples = new ExampleStream(stack, system.topics().examples().name())) {
      for (int wave = 0; wave < WAVES; wave++) {
        examples.wave("lamps", "bulbs");
      }
    }
  }

  @AfterAll
  static void stopPrometheus() {
    if (prometheus != null) {
      prometheus.close();
    }
  }

  @ParameterizedTest
  @MethodSource("io.alluvium.monitoring.queries.Panel#allExpressions")
  @Order(1)
  void aQueryOfTheDashboardHasSomethingToShow(Expression expression) {
    String sent = expression.substituted(RATE_RANGE).text();
    await(expression.where())
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(POLL)
        .untilAsserted(
            () ->
                assertThat(prometheus.query(sent))
                    .as(sent)
                    .isNotEmpty()
                    .allMatch(sample -> Double.isFinite(sample.value())));
  }

  @Test
  @Order(2)
  void everyStageIsSeenAndHasNothingWaitingOnceDrained() {
    awaitStages("alluvium_lag_age_seconds == 0", "admit", "score", "train", "weigh");
    awaitStages("alluvium_lag_records == 0", "admit", "score", "train", "weigh");
    assertThat(prometheus.query("sum by (stage) (alluvium_records_total{outcome=\"passed\"}) > 0"))
        .extracting(sample -> sample.label("stage"))
        .containsExactlyInAnyOrder(
            "admit", "dedup", "novelty", "replay", "route", "score", "train", "weigh");
    assertThat(
            prometheus.query("sum by (reason) (alluvium_records_total{outcome=\"refused\"}) > 0"))
        .extracting(sample -> sample.label("reason"))
        .contains("UNDECODABLE", "EMPTY_RESPONSE", "DUPLICATE_ID");
  }

  @Test
  @Order(2)
  void everyProcessShowsItsMemoryAndProcessor() {
    awaitSamples("sum by (job) (jvm_memory_used_bytes{area=\"heap\"})", 3);
    awaitSamples("process_cpu_usage", 3);
  }

  @Test
  @Order(2)
  void everyRuleEvaluates() {
    assertThat(prometheus.rules())
        .isNotEmpty()
        .allSatisfy(
            rule -> {
              assertThat(rule.path("health").asText()).as(rule.toString()).isEqualTo("ok");
            });
  }

  @Test
  @Order(3)
  void aProcessThatIsKilledIsOnItsWayToAnAlert() {
    assertThat(state("AlluviumWorkerDown")).isEqualTo("inactive");

    STACK.stack().kill(LiveSystem.SCORE);

    await("pending alert")
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(POLL)
        .untilAsserted(() -> assertThat(state("AlluviumWorkerDown")).isEqualTo("pending"));
    assertThat(prometheus.query("ALERTS{alertname=\"AlluviumWorkerDown\"}"))
        .extracting(sample -> sample.label("job"))
        .containsExactly("alluvium-score");
  }

  private static String state(String alert) {
    return prometheus.rules().stream()
        .filter(rule -> rule.path("name").asText().equals(alert))
        .map(rule -> rule.path("state").asText())
        .findFirst()
        .orElseThrow();
  }

  private static void awaitStages(String promql, String... stages) {
    await(promql)
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(POLL)
        .untilAsserted(
            () ->
                assertThat(prometheus.query(promql))
                    .extracting(sample -> sample.label("stage"))
                    .containsExactlyInAnyOrder(stages));
  }

  private static void awaitSamples(String promql, int samples) {
    await(promql)
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(POLL)
        .untilAsserted(() -> assertThat(prometheus.query(promql)).hasSize(samples));
  }
}
