package io.alluvium.trainer.publish.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Artifact;
import io.alluvium.schemas.BaseModel;
import io.alluvium.schemas.Counts;
import io.alluvium.schemas.Freshness;
import io.alluvium.schemas.GateVerdict;
import io.alluvium.schemas.OffsetRange;
import io.alluvium.schemas.Outcome;
import io.alluvium.schemas.WeightSummary;
import io.alluvium.trainer.claim.Sources;
import io.alluvium.trainer.claim.recall.Place;
import io.alluvium.trainer.publish.order.Quarantine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

class LineageTest {
  private final Lineage lineage = new Lineage(Sources.of("training"));

  @Test
  void trainingGoesOnFromHeadsAndAReleaseEndsTheLine() {
    take(1, Outcome.CONTINUED, 10);
    take(2, Outcome.CONTINUED, 20);
    assertThat(line().looks()).isEqualTo(2);
    assertThat(line().evidence()).containsExactly(place(9), place(19));
    assertThat(line().champion()).isNull();
    assertThat(lineage.artifacts()).containsExactly("head2");
    take(3, Outcome.RELEASED, 30);
    assertThat(line().looks()).isZero();
    assertThat(line().head()).isNull();
    assertThat(line().champion()).extracting(AdapterVersion::getVersion).isEqualTo(3L);
    assertThat(line().evidence()).isEmpty();
    assertThat(line().earlier()).containsExactly(place(9), place(19), place(29));
    assertThat(lineage.artifacts()).containsExactly("released3");
  }

  @Test
  void aRefusalSetsTheEvidenceAsideAndIsListedUntilARelease() {
    take(1, Outcome.RELEASED, 10);
    take(2, Outcome.CONTINUED, 20);
    take(3, Outcome.REJECTED, 30);
    assertThat(line().head()).isNull();
    assertThat(line().looks()).isZero();
    assertThat(line().evidence()).isEmpty();
    assertThat(line().refused()).containsExactly(place(19), place(29));
    assertThat(line().refusals()).containsExactly("reason 3");
    assertThat(line().champion()).extracting(AdapterVersion::getVersion).isEqualTo(1L);
    assertThat(line().judges()).isEqualTo(3);
    take(4, Outcome.RELEASED, 40);
    assertThat(line().refusals()).isEmpty();
    assertThat(line().refused()).isEmpty();
    assertThat(line().earlier()).containsExactly(place(9), place(19), place(29), place(39));
  }

  /** Version 1 ended at 10, so judges of later rounds are out of use, and those before are not. */
  @Test
  void aRollbackMakesAnEarlierReleaseChampionAndJudgesByWhatStoodBeforeIt() {
    take(1, Outcome.RELEASED, 10);
    take(2, Outcome.RELEASED, 20);
    take(3, Outcome.CONTINUED, 30);
    rollBack(4, 1, List.of(new OffsetRange("training", 0, 10L, 30L)));
    assertThat(line().lastVersion()).isEqualTo(4);
    assertThat(line().champion()).extracting(AdapterVersion::getVersion).isEqualTo(1L);
    assertThat(line().champion())
        .extracting(champion -> champion.getArtifact().getUri())
        .isEqualTo("released1");
    assertThat(line().head()).isNull();
    assertThat(line().looks()).isZero();
    assertThat(line().evidence()).isEmpty();
    assertThat(line().refused()).isEmpty();
    assertThat(line().earlier()).containsExactly(place(9));
    assertThat(line().settledBelow(0)).isEqualTo(30);
    assertThat(lineage.partition(0)).isEqualTo(new PartitionEvents(4, 25, 30L, 30));
    take(5, Outcome.RELEASED, 40);
    assertThat(line().earlier()).containsExactly(place(9), place(39));
    assertThat(line().quarantine().holds(place(19))).isTrue();
  }

  @Test
  void aRollbackThatKeepsRecordsGoesOnJudgingByThem() {
    take(1, Outcome.RELEASED, 10);
    take(2, Outcome.RELEASED, 20);
    take(3, Outcome.CONTINUED, 30);
    rollBack(4, 1, List.of());
    assertThat(line().champion()).extracting(AdapterVersion::getVersion).isEqualTo(1L);
    assertThat(line().refused()).containsExactly(place(29));
    assertThat(line().earlier()).containsExactly(place(9), place(19));
    assertThat(line().quarantine()).isEqualTo(Quarantine.NONE);
  }

  @Test
  void whatIsSettledNeverGoesBack() {
    take(1, Outcome.RELEASED, 30);
    take(2, Outcome.RELEASED, 20);
    assertThat(line().settledBelow(0)).isEqualTo(30);
    assertThat(line().settledBelow(1)).isZero();
    assertThat(lineage.partition(0)).isEqualTo(new PartitionEvents(2, 15, 20L, 30));
    assertThat(lineage.partition(1)).isEqualTo(PartitionEvents.NONE);
  }

  /** However long a line goes on, a round reads the newest of its judges, and no more. */
  @Test
  void whatIsKeptOfALineIsBounded() {
    for (int round = 1; round <= 1100; round++) {
      take(round, Outcome.CONTINUED, 10L * round);
    }
    assertThat(line().evidence())
        .hasSize(1024)
        .startsWith(place(10 * 77 - 1))
        .endsWith(place(10_999));
    take(1101, Outcome.REJECTED, 11_010);
    assertThat(line().refused()).hasSize(128).endsWith(place(11_009));
    for (int round = 1102; round <= 1110; round++) {
      take(round, Outcome.REJECTED, 10L * round);
    }
    assertThat(line().refusals())
        .containsExactly("reason 1106", "reason 1107", "reason 1108", "reason 1109", "reason 1110");
    take(1111, Outcome.RELEASED, 11_110);
    assertThat(line().earlier()).hasSize(128).endsWith(place(11_109));
  }

  @Test
  void aGapOrARepetitionIsRefused() {
    take(1, Outcome.RELEASED, 10);
    assertThatThrownBy(() -> take(3, Outcome.RELEASED, 20))
        .isInstanceOf(ChainBrokenException.class)
        .hasMessageContaining("adapter a has version 3 where 2 must follow");
    assertThatThrownBy(() -> take(1, Outcome.RELEASED, 20))
        .hasMessageContaining("has version 1 where 2 must follow");
  }

  @Test
  void aNoteMustCountTheEventsOfItsPartition() {
    take(1, Outcome.RELEASED, 10);
    PartitionEvents one = lineage.partition(0);
    OffsetAndMetadata noted = new OffsetMark(1, 12, 3).at(5);
    assertThat(OffsetMark.agrees(noted, one)).isTrue();
    assertThat(OffsetMark.refusedBelow(noted)).isEqualTo(12);
    assertThat(OffsetMark.agrees(noted, PartitionEvents.NONE)).as("history lost").isFalse();
    assertThat(OffsetMark.agrees(new OffsetMark(2, 12, 3).at(5), one)).as("event lost").isFalse();
  }

  @Test
  void formerNotesNameTheEndOfTheLastWindow() {
    take(1, Outcome.RELEASED, 10);
    PartitionEvents one = lineage.partition(0);
    assertThat(OffsetMark.agrees(former("10"), one)).isTrue();
    assertThat(OffsetMark.agrees(former("20"), one)).isFalse();
    assertThat(OffsetMark.agrees(former("none"), PartitionEvents.NONE)).isTrue();
    assertThat(OffsetMark.agrees(former("none"), one)).isFalse();
    assertThat(OffsetMark.refusedBelow(former("10"))).isEqualTo(7);
  }

  @Test
  void anOffsetSetByHandMayLieBeforeTheWatermarkAndNotBehindIt() {
    take(1, Outcome.RELEASED, 10);
    PartitionEvents one = lineage.partition(0);
    assertThat(OffsetMark.agrees(new OffsetAndMetadata(5), one)).isTrue();
    assertThat(OffsetMark.agrees(new OffsetAndMetadata(0), one)).as("group was reset").isTrue();
    assertThat(OffsetMark.agrees(new OffsetAndMetadata(6), one)).isFalse();
    assertThat(OffsetMark.agrees(new OffsetAndMetadata(0), PartitionEvents.NONE))
        .as("never committed")
        .isTrue();
  }

  private AdapterLine line() {
    return lineage.line("a");
  }

  private void take(long version, Outcome outcome, long next) {
    lineage.take(event(version, outcome, next));
  }

  private void rollBack(long version, long to, List<OffsetRange> quarantined) {
    long settled = line().settledBelow(0);
    lineage.take(
        AdapterVersion.newBuilder(event(to, Outcome.RELEASED, settled))
            .setVersion(version)
            .setOutcome(Outcome.ROLLED_BACK)
            .setParentVersion(to)
            .setWindow(new OffsetRange("training", 0, settled, settled))
            .setHeldOut(List.of())
            .setQuarantined(quarantined)
            .build());
  }

  private static Place place(long offset) {
    return new Place(0, offset);
  }

  private static OffsetAndMetadata former(String next) {
    return new OffsetAndMetadata(7, "event-next=" + next);
  }

  /** Its last record is held out; its watermark lies five before its end. */
  private static AdapterVersion event(long version, Outcome outcome, long next) {
    Instant now = Instant.ofEpochMilli(next);
    boolean released = outcome == Outcome.RELEASED;
    Artifact head = new Artifact("head" + version, List.of(), 1L);
    return AdapterVersion.newBuilder()
        .setAdapter("a")
        .setVersion(version)
        .setOutcome(outcome)
        .setArtifact(released ? new Artifact("released" + version, List.of(), 1L) : null)
        .setHead(outcome == Outcome.CONTINUED ? head : null)
        .setBase(new BaseModel("b", "d"))
        .setFormat("peft-lora")
        .setRank(8)
        .setAlpha(16)
        .setTargets(List.of())
        .setWindow(new OffsetRange("training", 0, next - 10, next))
        .setWatermark(next - 5)
        .setHeldOut(List.of(next - 1))
        .setCounts(new Counts(10L, 1L, 0L, 0L, 100L))
        .setVerdict(new GateVerdict(released, List.of("reason " + version), List.of()))
        .setWeights(new WeightSummary(null, null, 1.0, 10.0))
        .setFreshness(new Freshness(now, now, 0.0, 0.0, Map.of()))
        .setConfigDigest("c")
        .setBuild("t")
        .setCreatedAt(now)
        .build();
  }
}
