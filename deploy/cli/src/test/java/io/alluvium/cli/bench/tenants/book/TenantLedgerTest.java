package io.alluvium.cli.bench.tenants.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.cli.TestRecords;
import io.alluvium.cli.connect.topic.TopicReader.Entry;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Counts;
import io.alluvium.schemas.OffsetRange;
import io.alluvium.schemas.Outcome;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.WeightedExample;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TenantLedgerTest {
  private static final Instant START = Instant.ofEpochSecond(1000);

  private final TenantLedger ledger = new TenantLedger(Tenant.spaced(2, 1, 100));

  @Test
  void aRecordIsInTheWindowOfItsOwnAdapterAlone() {
    arrived("tenant-001", 0, 0);
    arrived("tenant-002", 1, 0);
    ended("tenant-001", 0, 2, 10);
    assertThat(row(0).waiting()).isZero();
    assertThat(row(1).waiting()).isEqualTo(1);
  }

  @Test
  void recordsBetweenAndBehindWindowsWait() {
    for (int offset = 0; offset < 9; offset++) {
      arrived("tenant-001", offset, 0);
    }
    ended("tenant-001", 0, 3, 10);
    ended("tenant-001", 5, 7, 20);
    assertThat(ledger.rows(Map.of("tenant-001", 9L)).get(0).waiting()).isEqualTo(4);
  }

  @Test
  void whatIsNotAtTrainingYetIsUnderWay() {
    arrived("tenant-002", 0, 0);
    ledger.refused(refusal("score", "TOO_LONG"));
    Map<String, Long> produced = Map.of("tenant-001", 3L, "tenant-002", 7L);
    assertThat(ledger.rows(produced))
        .extracting(TenantLedger.Row::underWay)
        .containsExactly(2L, 6L);
  }

  @Test
  void freshnessIsFromSendingToTheEventOfTheWindow() {
    arrived("tenant-001", 0, 0);
    arrived("tenant-001", 1, 6);
    arrived("tenant-001", 2, 8);
    ended("tenant-001", 0, 3, 10);
    assertThat(row(0).freshness()).isEqualTo(new TenantLedger.Freshness(4, 10));
    assertThat(row(1).freshness().p95()).isNaN();
  }

  @Test
  void aRefusalBeforeTrainingSettlesARecordAndOneOfTheTrainerIsInItsWindow() {
    ledger.refused(refusal("score", "TOO_LONG"));
    ledger.refused(refusal("train", "TOO_LONG"));
    assertThat(ledger.settled()).isEqualTo(1);
    ledger.ended(version("tenant-001", 0, 5, 10, new Counts(4L, 1L, 1L, 1L, 9L)));
    assertThat(ledger.settled()).isEqualTo(1 + 4 - 1 + 1);
    TenantLedger.Row row = row(0);
    assertThat(row.refused()).containsExactly(Map.entry("TOO_LONG", 2L));
    assertThat(row.trained()).isEqualTo(3);
    assertThat(row.heldOut()).isEqualTo(1);
    assertThat(row.replayed()).isEqualTo(1);
  }

  @Test
  void aReplayIsNotBookedAgain() {
    WeightedExample replay =
        WeightedExample.newBuilder(TestRecords.weighted("x", START))
            .setReplayOf(new RecordOrigin("training", 0, 0L))
            .build();
    ledger.arrived(new Entry<>("training", 0, 0, "tenant-001", START, replay));
    ended("tenant-001", 0, 1, 10);
    assertThat(row(0).freshness().p50()).isNaN();
  }

  @Test
  void aBurstComparesTheOthersBeforeItAndWhileItIsWorkedOff() {
    arrived("tenant-001", 7, 1);
    ended("tenant-001", 7, 8, 900);
    arrived("tenant-001", 0, 10);
    ended("tenant-001", 0, 1, 15);
    ledger.arrived(entry("tenant-002", 1, 50, TenantLedger.BURST + "1"));
    arrived("tenant-001", 2, 60);
    ended("tenant-001", 2, 3, 70);
    ended("tenant-002", 1, 2, 80);
    arrived("tenant-001", 4, 90);
    ended("tenant-001", 4, 5, 190);
    TenantLedger.Burst burst = ledger.burst(at(10), at(50), at(100));
    assertThat(burst).isEqualTo(new TenantLedger.Burst(1, 30, 5, 10));
    assertThat(burst.ratio()).isEqualTo(2);
  }

  private TenantLedger.Row row(int number) {
    return ledger.rows(Map.of("tenant-001", 1L, "tenant-002", 1L)).get(number);
  }

  private void arrived(String adapter, long offset, long second) {
    ledger.arrived(entry(adapter, offset, second, "id-" + offset));
  }

  private static Entry<WeightedExample> entry(String adapter, long offset, long second, String id) {
    return new Entry<>("training", 0, offset, adapter, START, TestRecords.weighted(id, at(second)));
  }

  private void ended(String adapter, long first, long next, long second) {
    ledger.ended(version(adapter, first, next, second, new Counts(next - first, 0L, 0L, 0L, 1L)));
  }

  private static AdapterVersion version(
      String adapter, long first, long next, long second, Counts counts) {
    return AdapterVersion.newBuilder(TestRecords.version(1, first, next, Outcome.RELEASED))
        .setAdapter(adapter)
        .setWindow(new OffsetRange("training", 0, first, next))
        .setCounts(counts)
        .setCreatedAt(at(second))
        .build();
  }

  private static Rejection refusal(String stage, String reason) {
    return Rejection.newBuilder(TestRecords.rejection(stage, reason))
        .setAdapter("tenant-001")
        .build();
  }

  private static Instant at(long second) {
    return START.plusSeconds(second);
  }
}
