package io.alluvium.cli.connect.topic;

import io.alluvium.cli.fault.RegistryFault;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.ExitCode;
import io.alluvium.schemas.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads all partitions of a topic, and of others of the same values, without a group, so that
 * looking at it moves nobody's offsets. Used from one thread.
 *
 * @param <V> value type of the topic
 */
public final class TopicReader<V extends SpecificRecord> implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(200);

  private final Consumer<String, byte[]> consumer;
  private final Deserializer<V> values;
  private final List<TopicPartition> partitions = new ArrayList<>();
  private boolean leavesOut;
  private long leftOut;

  /** Reads all partitions from their beginning; closes the consumer. */
  public TopicReader(Consumer<String, byte[]> consumer, Deserializer<V> values, Topic<V> topic) {
    this.consumer = consumer;
    this.values = values;
    join(topic);
    if (partitions.isEmpty()) {
      consumer.close();
      throw CommandException.failed(
          "there is no topic %s on this cluster: start the applications once, or check --topic-prefix"
              .formatted(topic.name()));
    }
  }

  /** Reads another topic of such values too, from its beginning; one that is read already stays. */
  final void join(Topic<V> other) {
    List<TopicPartition> more =
        consumer.partitionsFor(other.name()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .filter(partition -> !partitions.contains(partition))
            .toList();
    partitions.addAll(more);
    consumer.assign(partitions);
    consumer.seekToBeginning(more);
  }

  /**
   * The first entry of a key at or behind a place, and before the next place; none where the topic
   * no longer holds it.
   *
   * @param partition number
   * @param first offset
   * @param next offset that ends the range
   * @param key adapter id
   */
  public Optional<Entry<V>> first(int partition, long first, long next, String key) {
    List<TopicPartition> one =
        partitions.stream().filter(each -> each.partition() == partition).toList();
    consumer.assign(one);
    for (TopicPartition each : one) {
      long from = consumer.beginningOffsets(one).getOrDefault(each, first);
      long end = Math.min(next, consumer.endOffsets(one).getOrDefault(each, next));
      consumer.seek(each, Math.max(first, from));
      while (behind(each, end)) {
        Optional<Entry<V>> found =
            next(STEP).stream()
                .filter(entry -> entry.key().equals(key) && entry.offset() < next)
                .findFirst();
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** Names of all topics of the cluster. */
  Set<String> topicNames() {
    return consumer.listTopics().keySet();
  }

  /** Skips what is there already: only later records will be seen. */
  public TopicReader<V> fromNow() {
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    return this;
  }

  /**
   * Skips all but the end of each partition.
   *
   * @param records how many offsets to go back; transaction markers among them are no records
   */
  public TopicReader<V> fromBack(long records) {
    Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
    consumer
        .endOffsets(partitions)
        .forEach(
            (partition, end) ->
                consumer.seek(
                    partition, Math.max(first.getOrDefault(partition, 0L), end - records)));
    return this;
  }

  /** The last entry of each key, up to this moment; of one that was deleted there is none. */
  public Collection<Entry<V>> latest() {
    Map<String, Entry<V>> entries = new LinkedHashMap<>();
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (ends.entrySet().stream().anyMatch(end -> behind(end.getKey(), end.getValue()))) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(STEP)) {
        entries.remove(record.key());
        if (record.value() != null) {
          entry(record).ifPresent(entry -> entries.put(entry.key(), entry));
        }
      }
    }
    return entries.values();
  }

  /**
   * Hands over everything committed up to this moment that was not read before, in partition order,
   * without keeping it.
   */
  public void each(java.util.function.Consumer<Entry<V>> reading) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (ends.entrySet().stream().anyMatch(end -> behind(end.getKey(), end.getValue()))) {
      next(STEP).forEach(reading);
    }
  }

  /** Everything committed up to this moment that was not read before, in partition order. */
  public List<Entry<V>> rest() {
    List<Entry<V>> entries = new ArrayList<>();
    each(entries::add);
    return entries;
  }

  private boolean behind(TopicPartition partition, long end) {
    return consumer.position(partition) < end;
  }

  /**
   * The next few entries; none when nothing arrives in time.
   *
   * @param patience how long to wait for the first
   */
  public List<Entry<V>> next(Duration patience) {
    List<Entry<V>> entries = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : consumer.poll(patience)) {
      if (record.value() != null) {
        entry(record).ifPresent(entries::add);
      }
    }
    return entries;
  }

  private Optional<Entry<V>> entry(ConsumerRecord<String, byte[]> record) {
    try {
      V value = values.deserialize(record.topic(), record.value());
      return Optional.of(
          new Entry<>(
              record.topic(),
              record.partition(),
              record.offset(),
              record.key(),
              Instant.ofEpochMilli(record.timestamp()),
              value));
    } catch (SerializationException unreadable) {
      CommandException fault =
          RegistryFault.unreachable(unreadable).orElseGet(() -> unreadable(record, unreadable));
      if (!leavesOut || fault.exitCode() == ExitCode.UNREACHABLE) {
        throw fault;
      }
      leftOut++;
      return Optional.empty();
    }
  }

  /** Leaves out what anybody may have written and nobody can read, instead of failing at it. */
  public TopicReader<V> leavingOutUnreadable() {
    leavesOut = true;
    return this;
  }

  /** How many records were left out. */
  public long leftOut() {
    return leftOut;
  }

  private CommandException unreadable(
      ConsumerRecord<String, byte[]> record, SerializationException cause) {
    return CommandException.failed(
        "record %s-%d@%d cannot be read (%s): it was not written by alluvium, check --topic-prefix"
            .formatted(record.topic(), record.partition(), record.offset(), cause.getMessage()),
        cause);
  }

  @Override
  public void close() {
    consumer.close();
    values.close();
  }

  /**
   * One record.
   *
   * @param topic where it stands
   * @param partition where in the topic
   * @param offset where in the partition
   * @param key adapter id
   * @param time the record's timestamp
   * @param value the value
   * @param <V> its type
   */
  public record Entry<V>(
      String topic, int partition, long offset, String key, Instant time, V value) {}
}
