package io.alluvium.cli.status;

import io.alluvium.cli.connect.Cluster;
import io.alluvium.schemas.record.ReadMark;
import io.alluvium.schemas.topic.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Records that a group has not consumed. Offsets alone would not tell: under transactions they also
 * count commit marks, so that a drained topic never reads zero. What looks short is therefore read.
 */
final class Backlog {
  private static final Duration STEP = Duration.ofMillis(200);

  /** Above this the difference of offsets is near enough and cheaper. */
  private static final long WORTH_COUNTING = 2_000;

  private static final ReadMark NOTHING_READ = new ReadMark(0, 0);

  private final Cluster cluster;

  Backlog(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Records that the group has not read, and those that it read and keeps waiting; all of them
   * where it committed nothing.
   */
  long of(String group, Topic<?> topic) {
    Map<TopicPartition, OffsetAndMetadata> committed = committed(group);
    try (Consumer<String, byte[]> reader = cluster.reader()) {
      List<TopicPartition> partitions =
          reader.partitionsFor(topic.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      Map<TopicPartition, Long> begins = new HashMap<>(reader.beginningOffsets(partitions));
      begins.replaceAll(
          (partition, first) -> Math.max(first, mark(committed, partition).position()));
      long read = partitions.stream().mapToLong(p -> mark(committed, p).waiting()).sum();
      Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
      long difference =
          partitions.stream()
              .mapToLong(p -> ends.getOrDefault(p, 0L) - begins.getOrDefault(p, 0L))
              .sum();
      return read + (difference > WORTH_COUNTING ? difference : count(reader, begins, ends));
    }
  }

  private static ReadMark mark(
      Map<TopicPartition, OffsetAndMetadata> committed, TopicPartition partition) {
    OffsetAndMetadata offset = committed.get(partition);
    return offset == null ? NOTHING_READ : ReadMark.of(offset);
  }

  private static long count(
      Consumer<String, byte[]> reader,
      Map<TopicPartition, Long> begins,
      Map<TopicPartition, Long> ends) {
    reader.assign(begins.keySet());
    begins.forEach(reader::seek);
    long records = 0;
    while (ends.entrySet().stream()
        .anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
      records += reader.poll(STEP).count();
    }
    return records;
  }

  private Map<TopicPartition, OffsetAndMetadata> committed(String group) {
    try (Admin admin = cluster.admin()) {
      return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    } catch (ExecutionException unknownGroup) {
      return Map.of();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new KafkaException(interrupted);
    }
  }
}
