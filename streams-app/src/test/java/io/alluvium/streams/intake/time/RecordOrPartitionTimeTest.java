package io.alluvium.streams.intake.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** Times of records that have none. */
class RecordOrPartitionTimeTest {
  private static final long NOW = 1_000_000;

  private final RecordOrPartitionTime times =
      new RecordOrPartitionTime(() -> Instant.ofEpochMilli(NOW));

  @Test
  void aRecordsOwnTimeIsItsTime() {
    assertThat(times.extract(at(5), 7)).isEqualTo(5);
    assertThat(times.extract(at(2 * NOW), 7)).isEqualTo(2 * NOW);
  }

  @Test
  void oneWithoutHasThatOfItsPartitionAndIsNeverAhead() {
    assertThat(times.extract(at(-1), 7)).isEqualTo(7);
    assertThat(times.extract(at(-1), -1)).isZero();
    assertThat(times.extract(at(-1), NOW + 3_540_000)).as("after poison").isEqualTo(NOW);
  }

  private static ConsumerRecord<Object, Object> at(long timeMs) {
    return new ConsumerRecord<>(
        "examples",
        0,
        0,
        timeMs,
        TimestampType.CREATE_TIME,
        0,
        0,
        "key",
        "value",
        new RecordHeaders(),
        Optional.empty());
  }
}
