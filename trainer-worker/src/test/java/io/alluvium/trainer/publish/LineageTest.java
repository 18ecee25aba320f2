package io.alluvium.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.BaseModel;
import io.alluvium.schemas.Counts;
import io.alluvium.schemas.Freshness;
import io.alluvium.schemas.GateVerdict;
import io.alluvium.schemas.OffsetRange;
import io.alluvium.schemas.Outcome;
import io.alluvium.schemas.WeightSummary;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

class LineageTest {
  private final Lineage lineage = new Lineage("training");

  @Test
  void numbersRunOverAllOutcomesAndOnlyReleasesBecomeChampion() {
    assertThat(lineage.lastVersion("a")).isZero();
    assertThat(lineage.champion("a")).isEmpty();
    lineage.take(event("a", 1, Outcome.RELEASED, 10));
    lineage.take(event("a", 2, Outcome.REJECTED, 20));
    lineage.take(event("b", 1, Outcome.REJECTED, 30));
    assertThat(lineage.lastVersion("a")).isEqualTo(2);
    assertThat(lineage.champion("a")).map(AdapterVersion::getVersion).contains(1L);
    assertThat(lineage.champion("b")).isEmpty();
    assertThat(lineage.nextOffset(0)).hasValue(30);
    assertThat(lineage.nextOffset(1)).isEmpty();
    assertThat(lineage.currentVersions()).isEqualTo(Map.of("a", 1L));
  }

  @Test
  void aGapOrARepetitionIsRefused() {
    lineage.take(event("a", 1, Outcome.RELEASED, 10));
    assertThatThrownBy(() -> lineage.take(event("a", 3, Outcome.RELEASED, 20)))
        .isInstanceOf(ChainBrokenException.class)
        .hasMessageContaining("adapter a has version 3 where 2 must follow");
    assertThatThrownBy(() -> lineage.take(event("a", 1, Outcome.RELEASED, 20)))
        .hasMessageContaining("has version 1 where 2 must follow");
  }

  @Test
  void committedOffsetAndLastEventMustBelongTogether() {
    OptionalLong none = OptionalLong.empty();
    OptionalLong ten = OptionalLong.of(10);
    assertThat(OffsetMark.agrees(OffsetMark.of(10, ten), ten)).isTrue();
    assertThat(OffsetMark.agrees(OffsetMark.of(15, ten), ten)).as("refused records only").isTrue();
    assertThat(OffsetMark.agrees(OffsetMark.of(5, none), none)).isTrue();
    assertThat(OffsetMark.agrees(new OffsetAndMetadata(0), none)).as("never committed").isTrue();
    assertThat(OffsetMark.agrees(new OffsetAndMetadata(10), ten)).as("set by hand").isTrue();

    assertThat(OffsetMark.agrees(new OffsetAndMetadata(0), ten)).as("group was reset").isFalse();
    assertThat(OffsetMark.agrees(OffsetMark.of(20, OptionalLong.of(20)), ten))
        .as("event lost")
        .isFalse();
    assertThat(OffsetMark.agrees(OffsetMark.of(10, ten), OptionalLong.of(20)))
        .as("offset lost")
        .isFalse();
    assertThat(OffsetMark.agrees(OffsetMark.of(10, ten), none)).as("history lost").isFalse();
  }

  private static AdapterVersion event(String adapter, long version, Outcome outcome, long next) {
    Instant now = Instant.EPOCH;
    return AdapterVersion.newBuilder()
        .setAdapter(adapter)
        .setVersion(version)
        .setOutcome(outcome)
        .setBase(new BaseModel("b", "d"))
        .setFormat("peft-lora")
        .setRank(8)
        .setAlpha(16)
        .setTargets(List.of())
        .setWindow(new OffsetRange("training", 0, next - 10, next))
        .setCounts(new Counts(10L, 1L, 0L, 0L, 100L))
        .setVerdict(new GateVerdict(outcome == Outcome.RELEASED, List.of(), List.of()))
        .setWeights(new WeightSummary(null, null, 1.0, 10.0))
        .setFreshness(new Freshness(now, now, 0.0, 0.0, Map.of()))
        .setConfigDigest("c")
        .setBuild("t")
        .setCreatedAt(now)
        .build();
  }
}
