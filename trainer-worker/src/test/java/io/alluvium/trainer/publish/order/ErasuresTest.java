package io.alluvium.trainer.publish.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.Command;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.trainer.claim.recall.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ErasuresTest {
  private static final long ORDERED_MS = 1_000_000;
  private static final long LATER_MS = ORDERED_MS + 5_000;
  private static final RecordOrigin SCORED = new RecordOrigin("examples.scored", 1, 7L);

  private final Orders orders = new Orders();

  @Test
  void meantIsWhatIsNamedBySubjectIdOrPlace() {
    take(0, "a", "subject:ann");
    take(1, "*", "id:e7");
    take(2, "a", "offsets:1:7-9");
    assertThat(mean("a", entry("e1", "ann", null))).isTrue();
    assertThat(mean("a", entry("e7", null, null))).isTrue();
    assertThat(mean("b", entry("e7", "ann", null))).isTrue();
    assertThat(mean("b", entry("e1", "ann", null))).isFalse();
    assertThat(mean("a", entry("e1", "ben", SCORED))).isTrue();
    assertThat(mean("a", entry("e1", "ben", null))).as("it tells no place").isFalse();
    assertThat(mean("a", entry("e1", null, null))).isFalse();
  }

  @Test
  void meantIsWhatWasThereBeforeTheOrder() {
    take(0, "a", "subject:ann");
    assertThat(mean("a", entry(ORDERED_MS, LATER_MS, LATER_MS))).isTrue();
    assertThat(mean("a", entry(LATER_MS, ORDERED_MS, LATER_MS))).isTrue();
    assertThat(mean("a", entry(LATER_MS, LATER_MS, ORDERED_MS))).isTrue();
    assertThat(mean("a", entry(LATER_MS, LATER_MS, LATER_MS))).isFalse();
    long nothingIsUnderWayMs = ORDERED_MS + Duration.ofDays(14).toMillis() + 1;
    assertThat(mean("a", entry(nothingIsUnderWayMs, LATER_MS, ORDERED_MS))).isFalse();
  }

  @Test
  void aRoundKnowsTheOrdersThatItKnewThen() {
    take(3, "a", "subject:ann");
    assertThat(orders.erasures("a").below()).isEqualTo(4);
    assertThat(orders.erasures("a", 3).mean(entry("e1", "ann", null))).isFalse();
    assertThat(orders.erasures("a", 4).mean(entry("e1", "ann", null))).isTrue();
  }

  /** What a rollback takes out of use is known from its event, and needs no answer. */
  @Test
  void ordersThatTheTrainerGivesAreNotItsOwnToObey() {
    take(0, "a", "accepted:1:7-9");
    take(1, "a", "everything");
    assertThat(orders.pending("a", 0)).isEmpty();
    take(2, "a", "subject:ann");
    assertThat(orders.pending("a", 0)).hasSize(1);
    assertThat(orders.pause("a")).as("it pauses nobody").isEqualTo(Optional.empty());
  }

  private boolean mean(String adapter, Entry entry) {
    return orders.erasures(adapter).mean(entry);
  }

  private void take(long offset, String adapter, String argument) {
    orders.take(
        offset,
        AdapterCommand.newBuilder()
            .setId("order-" + offset)
            .setAdapter(adapter)
            .setCommand(Command.ERASE)
            .setArgument(argument)
            .setIssuedBy("test")
            .setIssuedAt(Instant.ofEpochMilli(ORDERED_MS))
            .build());
  }

  private static Entry entry(String id, @Nullable String subject, @Nullable RecordOrigin replayOf) {
    return new Entry(raw(ORDERED_MS), example(sent(id, subject, LATER_MS), LATER_MS, replayOf));
  }

  private static Entry entry(long loggedMs, long scoredMs, long eventMs) {
    return new Entry(raw(loggedMs), example(sent("e1", "ann", eventMs), scoredMs, null));
  }

  private static ConsumerRecord<byte[], byte[]> raw(long loggedMs) {
    return new ConsumerRecord<>(
        "training",
        0,
        5,
        loggedMs,
        TimestampType.LOG_APPEND_TIME,
        1,
        0,
        "a".getBytes(StandardCharsets.UTF_8),
        new byte[0],
        new RecordHeaders(),
        Optional.empty());
  }

  private static TrainingExample sent(String id, @Nullable String subject, long eventMs) {
    return TrainingExample.newBuilder()
        .setId(id)
        .setAdapter("a")
        .setSubject(subject)
        .setCompletion("b")
        .setEventTime(Instant.ofEpochMilli(eventMs))
        .build();
  }

  private static WeightedExample example(
      TrainingExample sent, long scoredMs, @Nullable RecordOrigin replayOf) {
    return WeightedExample.newBuilder()
        .setScored(
            ScoredExample.newBuilder()
                .setExample(sent)
                .setOrigin(new RecordOrigin("examples.accepted", 1, 3L))
                .setBaseDigest("d")
                .setPromptTokens(1)
                .setResponseTokens(1)
                .setBaseLoss(1)
                .setScorerVersion("test")
                .setScoredAt(Instant.ofEpochMilli(scoredMs))
                .build())
        .setWeight(1.0)
        .setReplayOf(replayOf)
        .setPolicyVersion("uniform/1")
        .setWeighedAt(Instant.EPOCH)
        .build();
  }
}
