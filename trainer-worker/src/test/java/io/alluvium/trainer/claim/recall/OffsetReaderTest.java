package io.alluvium.trainer.claim.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.trainer.claim.Sources;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class OffsetReaderTest {
  private static final TopicPartition PARTITION = new TopicPartition("training", 0);

  private final MockConsumer<byte[], byte[]> log = new MockConsumer<>("earliest");
  private final Shelf shelf = new Shelf(1_000_000);
  private final OffsetReader reader =
      new OffsetReader(log, Sources.of(PARTITION.topic()), shelf, Duration.ofMillis(50));

  @Test
  void recordsComeInTheirOrderWhateverIsAskedFirst() {
    holds(0, 10);
    assertThat(offsets(reader.read(0, List.of(7L, 2L, 5L)))).containsExactly(2L, 5L, 7L);
  }

  @Test
  void whatIsOnTheShelfIsNotAskedForAgain() {
    shelf.put(record(3));
    assertThat(offsets(reader.read(0, List.of(3L)))).containsExactly(3L);
    assertThat(log.assignment()).isEmpty();
  }

  @Test
  void whatWasReadIsOnTheShelf() {
    holds(0, 10);
    reader.read(0, List.of(4L));
    assertThat(shelf.find(0, 4)).isPresent();
  }

  @Test
  void whatTheLogNoLongerHasOrNeverHadIsLeftOut() {
    holds(5, 10);
    assertThat(offsets(reader.read(0, List.of(3L, 6L, 99L)))).containsExactly(6L);
  }

  /** Compacted away, or of a transaction that was aborted. */
  @Test
  void aGapIsPassedOver() {
    ends(0, 10);
    log.schedulePollTask(() -> List.of(0L, 1L, 8L, 9L).forEach(o -> log.addRecord(record(o))));
    assertThat(offsets(reader.read(0, List.of(1L, 4L, 8L)))).containsExactly(1L, 8L);
  }

  @Test
  void aBrokerThatSendsNothingIsNotWaitedForForEver() {
    ends(0, 10);
    assertThatThrownBy(() -> reader.read(0, List.of(4L)))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("training-0 sends nothing for PT0.05S");
  }

  private void holds(long from, long to) {
    ends(from, to);
    log.schedulePollTask(
        () -> LongStream.range(from, to).forEach(offset -> log.addRecord(record(offset))));
  }

  private void ends(long begin, long end) {
    log.updateBeginningOffsets(Map.of(PARTITION, begin));
    log.updateEndOffsets(Map.of(PARTITION, end));
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset) {
    return new ConsumerRecord<>(PARTITION.topic(), 0, offset, new byte[0], new byte[0]);
  }

  private static List<Long> offsets(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream().map(ConsumerRecord::offset).toList();
  }
}
