package io.alluvium.cli.chaos.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ChaosReportTest {
  private static final JsonNode CLEAN = verify();

  @Test
  void isCleanOnlyWhenEveryRecordIsWhereItBelongs() {
    assertThat(report(flow(10, 5, 5, 10), CLEAN).clean()).isTrue();
    assertThat(report(flow(10, 5, 4, 10), CLEAN).clean()).as("one is neither").isFalse();
    assertThat(report(flow(10, 6, 5, 10), CLEAN).clean()).as("one was not let through").isFalse();
    assertThat(report(flow(10, 5, 5, 9), CLEAN).clean()).as("one never settled").isFalse();
    assertThat(report(flow(10, 5, 5, 10), verify("lost: one")).clean()).isFalse();
  }

  @Test
  void saysForEachProcessHowSoonItWorkedAgain() {
    ChaosReport report = report(flow(10, 5, 5, 10), CLEAN);
    assertThat(report.text())
        .contains(
            "kills      3: broker 3",
            "records    10 produced, 5 accepted, refused DUPLICATE_ID 5",
            "broker                2      4.0      6.0      6.0          1",
            "registry              0      NaN      NaN      NaN          0");
    JsonNode recovery = report.json().path(0).path("recovery");
    assertThat(recovery.at("/broker/p95Seconds").asDouble()).isEqualTo(6);
    assertThat(recovery.at("/registry/p50Seconds").isNull()).isTrue();
  }

  private static Flow flow(long produced, long admissible, long accepted, long settled) {
    return new Flow(
        produced,
        admissible,
        accepted,
        new TreeMap<>(Map.of("DUPLICATE_ID", 5L)),
        settled,
        new TreeMap<>(Map.of("released", 2L)));
  }

  private static ChaosReport report(Flow flow, JsonNode verify) {
    return new ChaosReport(
        new ChaosReport.Harm(Map.of("broker", 3), Map.of("kill", 3), Map.of()),
        flow,
        List.of(
            new Recovery("broker", List.of(6.0, 4.0), 1), new Recovery("registry", List.of(), 0)),
        List.of(),
        verify,
        1.0);
  }

  private static JsonNode verify(String... violations) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    List.of(violations).forEach(node.putArray("violations")::add);
    return node;
  }
}
