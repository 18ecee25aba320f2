package io.alluvium.cli.bench.tenants.book;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TenantsReportTest {
  @Test
  void thereIsALineForEachAdapterAndOneForAll() {
    List<String> lines = report(JsonNodeFactory.instance.objectNode()).text();
    assertThat(lines.get(1)).startsWith("tenant-001").contains("NaN");
    assertThat(lines.get(2)).startsWith("tenant-002");
    assertThat(lines.get(3)).startsWith("all").contains(" 12 ");
  }

  @Test
  void jsonHasNullWhereThereIsNoFreshness() {
    JsonNode results = report(JsonNodeFactory.instance.objectNode()).json();
    assertThat(results).hasSize(3);
    assertThat(results.path(0).path("p95Seconds").isNull()).isTrue();
    assertThat(results.path(0).path("produced").asInt()).isEqualTo(5);
    assertThat(results.path(2).path("memory").path(0).path("maxBytes").asInt()).isEqualTo(2);
  }

  @Test
  void whatVerifyFoundIsNotClean() {
    ObjectNode zeros = JsonNodeFactory.instance.objectNode();
    assertThat(report(zeros).clean()).isTrue();
    zeros.putArray("violations").add("lost: one");
    assertThat(report(zeros).clean()).isFalse();
  }

  private static TenantsReport report(JsonNode zeros) {
    TenantLedger ledger = new TenantLedger(Tenant.spaced(2, 1, 100));
    return new TenantsReport(
        ledger.rows(Map.of("tenant-001", 5L, "tenant-002", 7L)),
        new TenantsReport.Rates(10, 9),
        Optional.empty(),
        List.of(new TenantsReport.Memory("trainer-train", 1, 2, 1)),
        List.of(),
        zeros);
  }
}
