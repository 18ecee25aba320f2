package io.alluvium.cli.demo.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.cli.TestRecords;
import io.alluvium.cli.connect.topic.TopicReader.Entry;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Freshness;
import io.alluvium.schemas.Outcome;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private final Ledger ledger = new Ledger();

  @Test
  void isCompleteWhenEveryRecordIsRefusedOrInAWindow() {
    ledger.refused(TestRecords.rejection("admit", "EMPTY_RESPONSE"));
    ledger.arrived(entry(10));
    assertThat(ledger.complete(2)).isFalse();
    ledger.published(TestRecords.version(1, 0, 11, Outcome.REJECTED));
    assertThat(ledger.complete(2)).isTrue();
    assertThat(ledger.complete(3)).isFalse();
  }

  @Test
  void recordThatTheTrainerRefusedIsNotCountedTwice() {
    ledger.arrived(entry(0));
    ledger.refused(TestRecords.rejection("train", "TOO_LONG"));
    ledger.published(TestRecords.version(1, 0, 1, Outcome.RELEASED));
    assertThat(ledger.complete(1)).isTrue();
    assertThat(ledger.settled()).isEqualTo(1);
    assertThat(ledger.refusedByReason()).isEqualTo(Map.of("TOO_LONG", 1L));
  }

  @Test
  void whatRoundsSpentIsAddedUpAndWaitingIsNoWork() {
    ledger.published(
        spending(1, Outcome.RELEASED, Map.of("claim", 20.0, "train", 2.0, "gate", 0.5)));
    ledger.published(spending(2, Outcome.REJECTED, Map.of("claim", 9.0, "train", 3.0)));
    assertThat(ledger.stageSeconds()).isEqualTo(Map.of("train", 5.0, "gate", 0.5));
  }

  @Test
  void replayIsNoRecordThatWasSent() {
    Entry<WeightedExample> fresh = entry(0);
    ledger.arrived(fresh);
    ledger.arrived(
        new Entry<>(
            "training",
            TestRecords.PARTITION,
            1,
            TestRecords.ADAPTER,
            EPOCH,
            WeightedExample.newBuilder(fresh.value())
                .setReplayOf(new RecordOrigin("examples.scored", 0, 0L))
                .build()));
    ledger.published(TestRecords.version(1, 0, 2, Outcome.RELEASED));
    assertThat(ledger.complete(1)).isTrue();
    assertThat(ledger.settled()).isEqualTo(1);
    assertThat(ledger.windows()).containsExactly(List.of(fresh.value().getScored().getExample()));
  }

  @Test
  void recordOfAnotherPartitionIsInNoWindowOfThisOne() {
    ledger.arrived(
        new Entry<>(
            "training", 7, 0, TestRecords.ADAPTER, EPOCH, TestRecords.weighted("a", EPOCH)));
    ledger.published(TestRecords.version(1, 0, 1, Outcome.RELEASED));
    assertThat(ledger.complete(1)).isFalse();
  }

  @Test
  void freshnessCountsOnlyRecordsOfReleasedWindows() {
    ledger.arrived(entry(0));
    ledger.arrived(entry(1));
    AdapterVersion released = TestRecords.version(1, 0, 1, Outcome.RELEASED);
    ledger.published(released);
    ledger.published(TestRecords.version(2, 1, 2, Outcome.REJECTED));
    double age = released.getCreatedAt().getEpochSecond();
    assertThat(ledger.freshnessSeconds()).containsExactly(age);
    assertThat(ledger.firstReleaseSeconds(EPOCH)).contains(age);
  }

  @Test
  void windowsComeInTheOrderOfTheirVersions() {
    ledger.arrived(entry(5));
    ledger.arrived(entry(6));
    ledger.published(TestRecords.version(1, 5, 6, Outcome.REJECTED));
    ledger.published(TestRecords.version(2, 6, 7, Outcome.RELEASED));
    assertThat(ledger.windows())
        .extracting(window -> window.stream().map(TrainingExample::getId).toList())
        .containsExactly(List.of("5"), List.of("6"));
  }

  @Test
  void refusedVersionsAreNamedByTheAxisThatStoodAgainstThem() {
    ledger.published(TestRecords.version(1, 0, 1, Outcome.REJECTED));
    assertThat(ledger.refusedVersions()).isEqualTo(Map.of("retention/facts/exactMatch", 1L));
  }

  @Test
  void continuedRoundIsNeitherReleasedNorRefused() {
    ledger.published(TestRecords.version(1, 0, 1, Outcome.CONTINUED));
    assertThat(ledger.continued()).isEqualTo(1);
    assertThat(ledger.released()).isEmpty();
    assertThat(ledger.refusedVersions()).isEmpty();
  }

  @Test
  void quantilesAreValuesThatOccurred() {
    assertThat(Quantiles.of(List.of(4.0, 1.0, 3.0, 2.0), 0.5)).isEqualTo(2.0);
    assertThat(Quantiles.of(List.of(4.0, 1.0, 3.0, 2.0), 0.95)).isEqualTo(4.0);
    assertThat(Quantiles.of(List.of(), 0.5)).isNaN();
  }

  private static final Instant EPOCH = Instant.EPOCH;

  private static Entry<WeightedExample> entry(long offset) {
    return new Entry<>(
        "training",
        TestRecords.PARTITION,
        offset,
        TestRecords.ADAPTER,
        EPOCH,
        TestRecords.weighted(Long.toString(offset), EPOCH));
  }

  private static AdapterVersion spending(
      long version, Outcome outcome, Map<String, Double> stageSeconds) {
    AdapterVersion event = TestRecords.version(version, version - 1, version, outcome);
    Freshness freshness =
        Freshness.newBuilder(event.getFreshness()).setStageSeconds(stageSeconds).build();
    return AdapterVersion.newBuilder(event).setFreshness(freshness).build();
  }
}
