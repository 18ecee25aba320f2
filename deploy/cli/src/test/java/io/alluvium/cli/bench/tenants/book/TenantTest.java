package io.alluvium.cli.bench.tenants.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TenantTest {
  @Test
  void ratesRiseByOneFactorFromTheSlowestToTheFastest() {
    List<Tenant> tenants = Tenant.spaced(5, 1, 10_000);
    assertThat(tenants).extracting(Tenant::number).containsExactly(0, 1, 2, 3, 4);
    for (int n = 0; n < 5; n++) {
      assertThat(tenants.get(n).perMinute()).isCloseTo(Math.pow(10, n), withinPercentage(1e-9));
    }
  }

  @Test
  void aSingleAdapterHasTheSlowestRate() {
    assertThat(Tenant.spaced(1, 3, 600)).extracting(Tenant::perMinute).containsExactly(3.0);
  }

  @Test
  void whatIsDueFollowsTheRateAndThePhaseMovesTheFirstRecord() {
    Tenant tenant = new Tenant(0, "t", 6);
    assertThat(tenant.due(Duration.ofSeconds(9), 0)).isZero();
    assertThat(tenant.due(Duration.ofSeconds(10), 0)).isEqualTo(1);
    assertThat(tenant.due(Duration.ofSeconds(5), 0.5)).isEqualTo(1);
    assertThat(tenant.due(Duration.ofMinutes(10), 0.99)).isEqualTo(60);
  }

  @Test
  void noTwoRecordsOfAnAdapterHaveTheSameQuestion() {
    Tenant tenant = new Tenant(3, "t", 6);
    Set<String> prompts = new HashSet<>();
    for (long record = 0; record < 400_000; record++) {
      assertThat(prompts.add(tenant.prompt(-5, record))).as("record %d", record).isTrue();
    }
  }

  @Test
  void anAnswerDependsOnTheErrorAloneAndIsAnotherForAnotherAdapter() {
    Tenant first = new Tenant(0, "a", 6);
    Tenant second = new Tenant(1, "b", 6);
    assertThat(first.prompt(1, 17)).isEqualTo(second.prompt(1, 17));
    assertThat(first.completion(1, 17)).isNotEqualTo(second.completion(1, 17));
    assertThat(first.completion(1, 17)).startsWith(" ").contains(" the ");
  }
}
