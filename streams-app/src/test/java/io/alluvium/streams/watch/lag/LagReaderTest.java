package io.alluvium.streams.watch.lag;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A log of 100 records, one a second; it is 100 s after the epoch. */
class LagReaderTest {
  private static final String TOPIC = "training";
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
  private static final long RECORDS = 100;

  private final MockConsumer<byte[], byte[]> log = new MockConsumer<>("earliest");

  @BeforeEach
  void fill() {
    log.updatePartitions(TOPIC, List.of(new PartitionInfo(TOPIC, 0, null, null, null)));
    log.updateBeginningOffsets(Map.of(PARTITION, 0L));
    log.updateEndOffsets(Map.of(PARTITION, RECORDS));
  }

  @Test
  void groupThatCommittedNothingHasAllToRead() {
    record(0);
    LagReader reader = new LagReader(log, Map::of, () -> Instant.ofEpochSecond(RECORDS));
    assertThat(reader.of(TOPIC)).isEqualTo(new Lag(100, 100));
  }

  @Test
  void offsetWithoutANoteCountsToTheEnd() {
    record(90);
    assertThat(lag(new OffsetAndMetadata(90))).isEqualTo(new Lag(10, 10));
    assertThat(lag(new OffsetAndMetadata(RECORDS))).isEqualTo(Lag.DRAINED);
  }

  @Test
  void recordsThatAreDoneBehindTheWatermarkOfASleepingAdapterAreNoLag() {
    record(5);
    assertThat(lag(new OffsetAndMetadata(5, "events=9 position=100 waiting=2")))
        .isEqualTo(new Lag(95, 2));
  }

  @Test
  void whatWaitsAndWhatIsUnreadAddUp() {
    record(5);
    record(97);
    assertThat(lag(new OffsetAndMetadata(5, "events=9 position=97 waiting=2")).records())
        .isEqualTo(5);
  }

  @Test
  void trainerThatReadAllAndLeftNothingIsDrained() {
    assertThat(lag(new OffsetAndMetadata(100, "events=9 position=100 waiting=0")))
        .isEqualTo(Lag.DRAINED);
  }

  /** A broker fills a fetch with the first partition's batch where that alone is too large. */
  @Test
  void manyPartitionsThatAreFetchedOneAtATimeAllCount() {
    List<PartitionInfo> infos = new ArrayList<>();
    List<TopicPartition> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      infos.add(new PartitionInfo(TOPIC, i, null, null, null));
      all.add(new TopicPartition(TOPIC, i));
    }
    log.updatePartitions(TOPIC, infos);
    log.assign(all);
    log.setMaxPollRecords(1);
    all.forEach(
        at -> {
          log.updateBeginningOffsets(Map.of(at, 0L));
          log.updateEndOffsets(Map.of(at, RECORDS));
          record(at, 0);
        });
    LagReader reader = new LagReader(log, Map::of, () -> Instant.ofEpochSecond(RECORDS));
    assertThat(reader.of(TOPIC)).isEqualTo(new Lag(100, 200 * RECORDS));
  }

  @Test
  void manyPartitionsOfManyTopicsAreAskedForTogetherAndTheirOffsetsOnce() {
    AtomicInteger asked = new AtomicInteger();
    List<String> topics = List.of("one", "two");
    Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    List<TopicPartition> all = new ArrayList<>();
    for (String topic : topics) {
      List<PartitionInfo> infos = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        infos.add(new PartitionInfo(topic, i, null, null, null));
        all.add(new TopicPartition(topic, i));
      }
      log.updatePartitions(topic, infos);
    }
    all.forEach(
        at -> {
          log.updateBeginningOffsets(Map.of(at, 0L));
          log.updateEndOffsets(Map.of(at, RECORDS));
          committed.put(at, new OffsetAndMetadata(at.topic().equals("one") ? 90 : RECORDS));
        });
    List<TopicPartition> behind = all.subList(0, 50);
    log.assign(behind);
    behind.forEach(at -> record(at, 90));

    Map<String, Lag> lags =
        new LagReader(
                log,
                () -> {
                  asked.incrementAndGet();
                  return committed;
                },
                () -> Instant.ofEpochSecond(RECORDS))
            .of(topics);
    assertThat(lags).containsEntry("one", new Lag(10, 500)).containsEntry("two", Lag.DRAINED);
    assertThat(asked).hasValue(1);
  }

  private Lag lag(OffsetAndMetadata committed) {
    return new LagReader(
            log, () -> Map.of(PARTITION, committed), () -> Instant.ofEpochSecond(RECORDS))
        .of(TOPIC);
  }

  /** Assigned at once: the mock takes records of an assigned partition alone. */
  private void record(long offset) {
    log.assign(List.of(PARTITION));
    record(PARTITION, offset);
  }

  private void record(TopicPartition at, long offset) {
    log.addRecord(
        new ConsumerRecord<>(
            at.topic(),
            at.partition(),
            offset,
            offset * 1000,
            TimestampType.LOG_APPEND_TIME,
            0,
            0,
            null,
            null,
            new RecordHeaders(),
            Optional.empty()));
  }
}
