package io.alluvium.cli.produce.fate;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.cli.TestRecords;
import io.alluvium.cli.connect.topic.TopicReader.Entry;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.OffsetRange;
import io.alluvium.schemas.Outcome;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.TrainingExample;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FatesTest {
  private static final Instant NOW = Instant.ofEpochSecond(100);
  private static final String EXAMPLES = "examples";
  private static final String SCORED = "examples.scored";
  private static final String LANE = "training.fast";

  private Fates fates = new Fates(EXAMPLES);

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
  void recordThatALaterStageRefusesIsRefusedAndNotAccepted() {
    send(0, "a");
    send(1, "b");
    fates.accepted(example("a"));
    fates.accepted(example("b"));
    assertThat(fates.refused(rejection("examples.accepted", 4, "TOO_LONG", "b"))).hasValue("b");
    assertThat(fates.accepted()).isEqualTo(1);
    assertThat(fates.refusedByReason()).containsExactly(Map.entry("TOO_LONG", 1L));
    assertThat(fates.unsettled()).isZero();
  }

  /** The topics are read apart. */
  @Test
  void refusalOfALaterStageCountsThoughItIsReadBeforeTheAcceptance() {
    send(0, "a");
    assertThat(fates.refused(rejection("examples.accepted", 4, "TOO_LONG", "a"))).hasValue("a");
    assertThat(fates.unsettled()).isZero();
    fates.accepted(example("a"));
    assertThat(fates.accepted()).isZero();
    assertThat(fates.refusedByReason()).containsExactly(Map.entry("TOO_LONG", 1L));
  }

  @Test
  void acceptedRecordIsUnderWayUntilAWindowHoldsItOrALaterStageRefusesIt() {
    send(0, "a");
    send(1, "b");
    fates.accepted(example("a"));
    fates.accepted(example("b"));
    assertThat(fates.underWay()).isEqualTo(2);
    assertThat(fates.refused(rejection(SCORED, 3, "NOT_SELECTED", "b"))).hasValue("b");
    arrive("training", 5, "a");
    assertThat(fates.underWay()).isEqualTo(1);
    fates.published(TestRecords.version(1, 0, 6, Outcome.RELEASED));
    assertThat(fates.underWay()).isZero();
    assertThat(fates.trained()).isEqualTo(1);
  }

  @Test
  void aLanesWindowOfTheSameOffsetsHoldsNothingOfTheTrainingTopic() {
    send(0, "a");
    fates.accepted(example("a"));
    arrive("training", 5, "a");
    AdapterVersion event = TestRecords.version(1, 0, 6, Outcome.RELEASED);
    fates.published(onLane(event));
    assertThat(fates.trained()).isZero();
  }

  @Test
  void aRecordOfALaneIsTrainedWithTheLanesWindow() {
    send(0, "a");
    fates.accepted(example("a"));
    arrive(LANE, 5, "a");
    fates.published(TestRecords.version(1, 0, 6, Outcome.RELEASED));
    assertThat(fates.underWay()).isEqualTo(1);
    fates.published(onLane(TestRecords.version(2, 0, 6, Outcome.RELEASED)));
    assertThat(fates.underWay()).isZero();
    assertThat(fates.trained()).isEqualTo(1);
  }

  /** Each topic is read apart from the others. */
  @TestFactory
  Stream<DynamicTest> whichTopicIsReadFirstChangesNothing() {
    Map<String, Runnable> seen =
        Map.of(
            "accepted", () -> fates.accepted(example("a")),
            "arrived", () -> arrive(LANE, 5, "a"),
            "ended", () -> fates.published(onLane(TestRecords.version(1, 0, 6, Outcome.RELEASED))));
    return orders(seen.keySet())
        .map(
            order ->
                DynamicTest.dynamicTest(
                    order.toString(),
                    () -> {
                      fates = new Fates(EXAMPLES);
                      send(0, "a");
                      order.forEach(name -> Objects.requireNonNull(seen.get(name)).run());
                      assertThat(fates.trained()).isEqualTo(1);
                      assertThat(fates.underWay()).isZero();
                      fates.refused(rejection(LANE, 5, "QUARANTINED", "a"));
                      assertThat(fates.trained()).isZero();
                      assertThat(fates.underWay()).isZero();
                      assertThat(fates.accepted()).isZero();
                    }));
  }

  @Test
  void aRecordIsCountedOnceHoweverOftenItIsLookedAt() {
    for (int number = 0; number < 100; number++) {
      send(number, "id-" + number);
      fates.accepted(example("id-" + number));
      arrive("training", number, "id-" + number);
    }
    fates.published(TestRecords.version(1, 0, 40, Outcome.CONTINUED));
    assertThat(fates.trained()).isEqualTo(40);
    fates.published(TestRecords.version(2, 40, 70, Outcome.REJECTED));
    fates.refused(rejection("training", 69, "ROUND_FAILED", "id-69"));
    assertThat(fates.trained()).isEqualTo(69);
    assertThat(fates.underWay()).isEqualTo(30);
  }

  private static Stream<List<String>> orders(Collection<String> names) {
    return names.isEmpty()
        ? Stream.of(List.of())
        : names.stream()
            .flatMap(
                first ->
                    orders(names.stream().filter(name -> !name.equals(first)).toList())
                        .map(rest -> Stream.concat(Stream.of(first), rest.stream()).toList()));
  }

  private void arrive(String topic, long offset, String id) {
    fates.arrived(
        new Entry<>(
            topic,
            TestRecords.PARTITION,
            offset,
            TestRecords.ADAPTER,
            NOW,
            TestRecords.weighted(id, NOW)));
  }

  private static AdapterVersion onLane(AdapterVersion event) {
    OffsetRange lane = OffsetRange.newBuilder(event.getWindow()).setTopic(LANE).build();
    return AdapterVersion.newBuilder(event).setWindow(lane).build();
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
