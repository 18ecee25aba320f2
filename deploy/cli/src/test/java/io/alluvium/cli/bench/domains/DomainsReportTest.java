package io.alluvium.cli.bench.domains;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.cli.bench.domains.exam.Exam;
import org.junit.jupiter.api.Test;

class DomainsReportTest {
  private final DomainsReport report =
      new DomainsReport(
          new Exam.Losses(9, 6, Double.NaN),
          leg("news", 0, new Exam.Losses(1, 5, Double.NaN)),
          leg("reviews", 7, new Exam.Losses(3, 2, Double.NaN)));

  @Test
  void whatTheFirstDomainGainedIsCountedFromTheBase() {
    assertThat(report.shareLost()).isEqualTo(0.25);
    assertThat(report.text()).last().isEqualTo("of what news gained, reviews took away 25.0 %");
  }

  @Test
  void recordsThatAreNotSettledAreNamed() {
    assertThat(report.text()).filteredOn(line -> line.contains("7 not settled")).hasSize(1);
    assertThat(report.json().findValuesAsText("unsettled")).containsExactly("0", "7");
  }

  @Test
  void whatWasNotMeasuredIsNull() {
    assertThat(report.json().get(0).get("old").isNull()).isTrue();
  }

  private static DomainsRun.Leg leg(String domain, long unsettled, Exam.Losses losses) {
    return new DomainsRun.Leg(
        domain, new Settling.Tally(3, 2, 0, 1, 500, 0, 21), unsettled, 80, losses);
  }
}
