package io.alluvium.cli.produce.fate;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.cli.TestRecords;
import io.alluvium.cli.connect.TopicReader.Entry;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.OffsetRange;
import io.alluvium.schemas.Outcome;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.TrainingExample;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FatesTest {
  private static final Instant NOW = Instant.ofEpochSecond(100);
  private static final String EXAMPLES = "examples";
  private static final String SCORED = "examples.scored";

  private final Fates fates = new Fates(EXAMPLES);
  private final Windows windows = new Windows("training");

  @Test
  void everyRecordIsAcceptedOrRefusedWhereItStood() {
    send(0, "a");
    send(1, "b");
    assertThat(fates.unsettled()).isEqualTo(2);
    fates.accepted(example("a"));
    assertThat(fates.refused(rejection(EXAMPLES, 1, "EMPTY_RESPONSE", null))).hasValue("line 1");
    assertThat(fates.unsettled()).isZero();
    assertThat(fates.accepted()).isEqualTo(1);
    assertThat(fates.refusedByReason()).containsExactly(Map.entry("EMPTY_RESPONSE", 1L));
  }

  @Test
  void recordsOfOthersAndAcceptancesOfOthersChangeNothing() {
    send(0, "a");
    fates.accepted(example("foreign"));
    assertThat(fates.refused(rejection(EXAMPLES, 7, "TOO_LONG", "foreign"))).isEmpty();
    assertThat(fates.refused(rejection(SCORED, 0, "NOT_SELECTED", "foreign"))).isEmpty();
    assertThat(fates.unsettled()).isEqualTo(1);
    assertThat(fates.refusedByReason()).isEmpty();
  }

  @Test
  void idSentTwiceIsSettledWhicheverCopyIsTaken() {
    send(0, "a");
    send(1, "a");
    fates.accepted(example("a"));
    assertThat(fates.unsettled()).isEqualTo(1);
    fates.refused(rejection(EXAMPLES, 0, "BAD_TIME", "a"));
    assertThat(fates.unsettled()).isZero();
    assertThat(fates.accepted()).isEqualTo(1);
  }

  @Test
  void acceptedRecordIsUnderWayUntilAWindowHoldsItOrALaterStageRefusesIt() {
    send(0, "a");
    send(1, "b");
    fates.accepted(example("a"));
    fates.accepted(example("b"));
    assertThat(fates.underWay(windows)).isEqualTo(2);
    assertThat(fates.refused(rejection(SCORED, 3, "NOT_SELECTED", "b"))).hasValue("b");
    fates.arrived(
        new Entry<>(
            TestRecords.PARTITION, 5, TestRecords.ADAPTER, NOW, TestRecords.weighted("a", NOW)));
    assertThat(fates.underWay(windows)).isEqualTo(1);
    windows.published(TestRecords.version(1, 0, 6, Outcome.RELEASED));
    assertThat(fates.underWay(windows)).isZero();
    assertThat(fates.trained(windows)).isEqualTo(1);
  }

  @Test
  void aLanesWindowOfTheSameOffsetsHoldsNothingOfTheTrainingTopic() {
    send(0, "a");
    fates.accepted(example("a"));
    fates.arrived(
        new Entry<>(
            TestRecords.PARTITION, 5, TestRecords.ADAPTER, NOW, TestRecords.weighted("a", NOW)));
    AdapterVersion event = TestRecords.version(1, 0, 6, Outcome.RELEASED);
    OffsetRange lane = OffsetRange.newBuilder(event.getWindow()).setTopic("training.fast").build();
    windows.published(AdapterVersion.newBuilder(event).setWindow(lane).build());
    assertThat(fates.trained(windows)).isZero();
  }

  private void send(long offset, String id) {
    fates.sent(new Fates.Place(TestRecords.PARTITION, offset), example(id), "line " + offset);
  }

  private static TrainingExample example(String id) {
    return TestRecords.weighted(id, NOW).getScored().getExample();
  }

  private static Rejection rejection(
      String topic, long offset, String reason, @Nullable String id) {
    return Rejection.newBuilder(TestRecords.rejection("admit", reason))
        .setOrigin(new RecordOrigin(topic, TestRecords.PARTITION, offset))
        .setExampleId(id)
        .build();
  }
}
