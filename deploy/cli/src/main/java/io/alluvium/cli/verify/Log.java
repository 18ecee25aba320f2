package io.alluvium.cli.verify;

import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.fault.ClientFault;
import io.alluvium.cli.fault.RegistryFault;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.verify.chain.Commit;
import io.alluvium.schemas.topic.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Topics and offsets as they are: what cannot be decoded is passed on as null. */
record Log(Cluster cluster) {
  private static final Duration STEP = Duration.ofMillis(200);

  /**
   * Reads a topic to its present end.
   *
   * @param each takes record and value, in order within a partition
   * @return first offset that is still there, by partition
   */
  <V extends SpecificRecord> Map<Integer, Long> read(
      Topic<V> topic, BiConsumer<ConsumerRecord<String, byte[]>, @Nullable V> each) {
    try (Consumer<String, byte[]> reader = cluster.reader();
        Deserializer<V> values = cluster.serdes().deserializer(topic)) {
      return scan(reader, topic, record -> each.accept(record, value(values, record)));
    }
  }

  /** The topics of lanes, those that nobody trained from yet too. */
  List<String> lanes() {
    try (Consumer<String, byte[]> reader = cluster.reader()) {
      return cluster.topics().lanes(reader.listTopics().keySet()).stream()
          .map(Topic::name)
          .toList();
    }
  }

  /** The number of records, without looking into them. */
  long count(Topic<?> topic) {
    long[] records = {0};
    try (Consumer<String, byte[]> reader = cluster.reader()) {
      scan(reader, topic, record -> records[0]++);
    }
    return records[0];
  }

  /** First offsets that are still there, by partition. */
  Map<Integer, Long> begins(Topic<?> topic) {
    try (Consumer<String, byte[]> reader = cluster.reader()) {
      return byNumber(reader.beginningOffsets(partitions(reader, topic)));
    }
  }

  private static Map<Integer, Long> scan(
      Consumer<String, byte[]> reader,
      Topic<?> topic,
      java.util.function.Consumer<ConsumerRecord<String, byte[]>> each) {
    List<TopicPartition> partitions = partitions(reader, topic);
    reader.assign(partitions);
    reader.seekToBeginning(partitions);
    Map<TopicPartition, Long> begins = reader.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
    while (ends.entrySet().stream()
        .anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
      reader.poll(STEP).forEach(each);
    }
    return byNumber(begins);
  }

  private static Map<Integer, Long> byNumber(Map<TopicPartition, Long> offsets) {
    Map<Integer, Long> byNumber = new HashMap<>();
    offsets.forEach((partition, offset) -> byNumber.put(partition.partition(), offset));
    return byNumber;
  }

  private static List<TopicPartition> partitions(Consumer<String, byte[]> reader, Topic<?> topic) {
    List<TopicPartition> partitions =
        reader.partitionsFor(topic.name()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw CommandException.failed(
          "there is no topic %s on this cluster: start the applications once, or check --topic-prefix"
              .formatted(topic.name()));
    }
    return partitions;
  }

  /** A registry that is away must not make every record look broken. */
  private static <V> @Nullable V value(
      Deserializer<V> values, ConsumerRecord<String, byte[]> record) {
    try {
      return record.value() == null ? null : values.deserialize(record.topic(), record.value());
    } catch (SerializationException unreadable) {
      RegistryFault.unreachable(unreadable)
          .ifPresent(
              fault -> {
                throw fault;
              });
      return null;
    }
  }

  /** What a group committed, by topic and partition; nothing where there is no such group. */
  Map<String, Commit> commits(String group) {
    try (Admin admin = cluster.admin()) {
      Map<String, Commit> commits = new HashMap<>();
      Map<TopicPartition, OffsetAndMetadata> found =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      found.forEach(
          (partition, offset) -> {
            if (offset != null) {
              commits.put(partition.toString(), new Commit(offset.offset(), offset.metadata()));
            }
          });
      return commits;
    } catch (ExecutionException refused) {
      throw CommandException.failed(
          "the offsets of group %s cannot be read (%s): check --group and its permissions"
              .formatted(group, ClientFault.words(refused)),
          refused);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw CommandException.failed("interrupted", interrupted);
    }
  }
}
