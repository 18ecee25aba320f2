package io.alluvium.trainer.claim.group;

import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.alluvium.trainer.claim.Sources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A member of a group on one topic, and on its lanes, that may take long over what it polled: while
 * work runs polling goes on, so that membership is kept and a rebalance is seen.
 *
 * <p>Reads committed records only and never commits by itself. For one thread.
 */
public final class GroupConsumer implements AutoCloseable {
  /** How soon the end of work is noticed. */
  private static final Duration WORKING_POLL = Duration.ofMillis(20);

  private final Consumer<byte[], byte[]> consumer;
  private final Sources sources;
  private final Beginnings beginnings;
  private final Set<TopicPartition> lost = new TreeSet<>(Beginnings.BY_PARTITION);

  /**
   * Joins with a real consumer.
   *
   * @param kafka a user's client settings, passed through; what exactly-once needs is set over them
   */
  public static GroupConsumer join(Map<String, String> kafka, String group, Sources sources) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    // Membership epochs per partition: a snapshot commits exactly if its partitions were kept.
    settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    if (sources.topics().size() > 1) {
      // The same partition of every topic to the same member: an adapter has one writer.
      settings.put(ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG, "range");
    }
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    return new GroupConsumer(new KafkaConsumer<>(settings, bytes, bytes), sources);
  }

  /** Subscribes a consumer that is owned and closed by the result. */
  public GroupConsumer(Consumer<byte[], byte[]> consumer, Sources sources) {
    this.consumer = consumer;
    this.sources = sources;
    this.beginnings = new Beginnings(consumer);
    consumer.subscribe(sources.topics(), new Watch());
  }

  /**
   * What arrives within the time; group changes come first. A partition that was given is gained
   * once its committed offset is known, which an open transaction can delay.
   */
  public Polled poll(Duration timeout) {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(timeout);
    Polled polled =
        new Polled(
            numbers(lost),
            numbered(beginnings.found()),
            List.copyOf(listed(records)),
            positions(records.nextOffsets()));
    lost.clear();
    return polled;
  }

  /**
   * Since when the oldest partition waits whose committed offset an open transaction holds up;
   * empty when none does. Any thread.
   */
  public Optional<Instant> heldSince() {
    return beginnings.heldSince();
  }

  /** The membership under which everything polled and not lost so far may be committed. */
  public ConsumerGroupMetadata snapshot() {
    return consumer.groupMetadata();
  }

  /**
   * Goes on polling until the work is done or given up.
   *
   * @param givenUp asked after each poll
   * @param taker takes what each poll brings, group changes included
   * @return whether the work is done and was not given up
   */
  public boolean readWhile(
      Future<?> work, BooleanSupplier givenUp, java.util.function.Consumer<Polled> taker) {
    while (!work.isDone() && !givenUp.getAsBoolean()) {
      taker.accept(poll(WORKING_POLL));
    }
    return work.isDone() && !givenUp.getAsBoolean();
  }

  /** Reads nothing more of these partitions for now, and of all others; stays a member of all. */
  public void hold(Set<Integer> partitions) {
    Map<Boolean, List<TopicPartition>> split =
        consumer.assignment().stream()
            .filter(owned -> !beginnings.awaited(owned))
            .collect(partitioningBy(owned -> partitions.contains(number(owned))));
    consumer.pause(split.getOrDefault(true, List.of()));
    consumer.resume(split.getOrDefault(false, List.of()));
  }

  /** Partitions of which all is read that was known to be there at the newest fetch. */
  public Set<Integer> caughtUp() {
    return consumer.assignment().stream()
        .filter(partition -> !beginnings.awaited(partition))
        .filter(partition -> consumer.currentLag(partition).orElse(Long.MAX_VALUE) <= 0)
        .map(GroupConsumer::number)
        .collect(toSet());
  }

  /** The names of all topics that this user sees. */
  public Set<String> topics() {
    return consumer.listTopics().keySet();
  }

  /** Offset after the last committed record of a partition. */
  public long end(int partition) {
    TopicPartition asked = asked(partition);
    return consumer.endOffsets(Set.of(asked)).getOrDefault(asked, 0L);
  }

  /**
   * Goes back to the last committed offset of every partition; the next {@link #poll}s report all
   * of them as lost and gained anew.
   */
  public void rewind() {
    Set<TopicPartition> owned = consumer.assignment();
    lost.addAll(owned);
    beginnings.await(owned);
  }

  /**
   * Records known to stand behind the position, transaction markers included. An end that was asked
   * for before the newest fetch can be answered after it and then lies before the position; an idle
   * partition never corrects it.
   */
  public long unread() {
    return consumer.assignment().stream()
        .filter(partition -> !beginnings.awaited(partition))
        .mapToLong(partition -> Math.max(0, consumer.currentLag(partition).orElse(0)))
        .sum();
  }

  /** Leaves the group. */
  @Override
  public void close() {
    consumer.close();
  }

  private static List<ConsumerRecord<byte[], byte[]>> listed(
      ConsumerRecords<byte[], byte[]> records) {
    List<ConsumerRecord<byte[], byte[]>> list = new ArrayList<>(records.count());
    records.forEach(list::add);
    return list;
  }

  private static Map<Integer, Long> positions(Map<TopicPartition, OffsetAndMetadata> offsets) {
    return offsets.entrySet().stream()
        .collect(toMap(entry -> number(entry.getKey()), entry -> entry.getValue().offset()));
  }

  private static Map<Integer, OffsetAndMetadata> numbered(
      Map<TopicPartition, OffsetAndMetadata> offsets) {
    return offsets.entrySet().stream()
        .collect(toMap(entry -> number(entry.getKey()), Map.Entry::getValue));
  }

  private static Set<Integer> numbers(Set<TopicPartition> partitions) {
    return partitions.stream().map(GroupConsumer::number).collect(toSet());
  }

  private static int number(TopicPartition partition) {
    return Sources.number(partition.topic(), partition.partition());
  }

  private TopicPartition asked(int number) {
    return sources
        .at(number)
        .orElseThrow(() -> new IllegalStateException(sources.name(number) + " is not read"));
  }

  /** Called by poll, on its thread. */
  private final class Watch implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> given) {
      beginnings.await(given);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> taken) {
      lost.addAll(taken);
      beginnings.forget(taken);
    }
  }
}
