package io.alluvium.cli.explain.follow;

import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.explain.index.ExplainIndex;
import io.alluvium.cli.explain.index.IndexBatch;
import io.alluvium.cli.fault.ClientFault;
import io.alluvium.cli.fault.RegistryFault;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Progress;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads what is new on every topic into the index. */
public final class Follower {
  private static final Duration STEP = Duration.ofMillis(200);

  private final Cluster cluster;
  private final ExplainIndex index;
  private final Terminal terminal;
  private final Map<String, Reading> readings = new TreeMap<>();

  /** Takes a record of a topic. */
  private interface Taking<V> {
    void take(Intake intake, ConsumerRecord<String, byte[]> record, V value);
  }

  /** Takes a record of a topic as it came. */
  private interface Reading {
    void read(Intake intake, ConsumerRecord<String, byte[]> record);
  }

  /** Follows into an index. */
  public Follower(Cluster cluster, ExplainIndex index, Terminal terminal) {
    this.cluster = cluster;
    this.index = index;
    this.terminal = terminal;
  }

  /**
   * Reads everything that was committed up to now and not read before.
   *
   * @return how many records that was
   * @throws CommandException when the topics are not there
   */
  public long catchUp() {
    try (Consumer<String, byte[]> reader = cluster.reader();
        Progress progress = Progress.start(terminal, "indexing records", 0)) {
      Set<String> there = reader.listTopics().keySet();
      follow(there);
      List<TopicPartition> partitions = partitions(reader);
      Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
      reader.assign(partitions);
      seek(reader, ends);
      progress.outOf(behind(reader, ends));
      long read = 0;
      while (behind(reader, ends) > 0) {
        read += take(reader, reader.poll(STEP));
        progress.at(read);
      }
      return read;
    }
  }

  private void follow(Set<String> there) {
    Topics topics = cluster.topics();
    add(topics.examples(), Intake::sent);
    add(topics.accepted(), Intake::accepted);
    add(topics.scored(), Intake::scored);
    add(topics.training(), Intake::weighed);
    topics.lanes(there).forEach(lane -> add(lane, Intake::weighed));
    add(topics.review(), Intake::inReview);
    add(topics.rejected(), Intake::refused);
    add(topics.versions(), Intake::version);
    readings.keySet().retainAll(there);
    if (readings.isEmpty()) {
      throw CommandException.failed(
          "there is no topic %s on this cluster: start the applications once, or check --topic-prefix"
              .formatted(topics.examples().name()));
    }
    descriptions(readings.keySet())
        .forEach(
            (name, topic) -> {
              if (!index.follow(name, topic.topicId())) {
                terminal.say("topic %s was made anew: it is read again".formatted(name));
              }
            });
  }

  private <V extends SpecificRecord> void add(Topic<V> topic, Taking<V> taking) {
    Deserializer<V> values = cluster.serdes().deserializer(topic);
    readings.put(topic.name(), (intake, record) -> read(values, taking, intake, record));
  }

  /** What nobody can read says nothing of any example. */
  private static <V> void read(
      Deserializer<V> values,
      Taking<V> taking,
      Intake intake,
      ConsumerRecord<String, byte[]> record) {
    try {
      V value = record.value() == null ? null : values.deserialize(record.topic(), record.value());
      if (value != null) {
        taking.take(intake, record, value);
      }
    } catch (SerializationException unreadable) {
      RegistryFault.unreachable(unreadable)
          .ifPresent(
              fault -> {
                throw fault;
              });
    }
  }

  private Map<String, TopicDescription> descriptions(Collection<String> names) {
    try (Admin admin = cluster.admin()) {
      return admin.describeTopics(names).allTopicNames().get();
    } catch (ExecutionException refused) {
      throw CommandException.failed(
          "the topics cannot be described (%s): check this client's permissions"
              .formatted(ClientFault.words(refused)),
          refused);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw CommandException.failed("interrupted", interrupted);
    }
  }

  private List<TopicPartition> partitions(Consumer<String, byte[]> reader) {
    List<TopicPartition> partitions = new ArrayList<>();
    readings
        .keySet()
        .forEach(
            topic ->
                reader.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .forEach(partitions::add));
    return partitions;
  }

  /** A log that ends before what was read of it is another one. */
  private void seek(Consumer<String, byte[]> reader, Map<TopicPartition, Long> ends) {
    Set<String> shorter = new HashSet<>();
    ends.forEach(
        (partition, end) -> {
          if (index.position(partition).orElse(0L) > end) {
            shorter.add(partition.topic());
          }
        });
    shorter.forEach(
        topic -> {
          terminal.say("topic %s ends before what was read: it is read again".formatted(topic));
          index.forget(topic);
        });
    reader
        .beginningOffsets(ends.keySet())
        .forEach(
            (partition, begin) ->
                reader.seek(partition, Math.max(begin, index.position(partition).orElse(0L))));
  }

  private static long behind(Consumer<?, ?> reader, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .mapToLong(end -> Math.max(0, end.getValue() - reader.position(end.getKey())))
        .sum();
  }

  private long take(Consumer<String, byte[]> reader, ConsumerRecords<String, byte[]> records) {
    try (IndexBatch batch = index.batch()) {
      Intake intake = new Intake(batch);
      for (ConsumerRecord<String, byte[]> record : records) {
        reading(record.topic()).read(intake, record);
      }
      for (TopicPartition partition : reader.assignment()) {
        records.records(partition).stream()
            .findFirst()
            .filter(first -> !index.knowsSince(partition))
            .ifPresent(first -> batch.since(partition, first.timestamp()));
        batch.position(partition, reader.position(partition));
      }
      index.write(batch);
    }
    return records.count();
  }

  private Reading reading(String topic) {
    Reading reading = readings.get(topic);
    if (reading == null) {
      throw new IllegalStateException("a record of %s, which is not read".formatted(topic));
    }
    return reading;
  }
}
