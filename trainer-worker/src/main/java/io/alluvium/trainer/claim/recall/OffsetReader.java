package io.alluvium.trainer.claim.recall;

import io.alluvium.trainer.claim.Sources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads committed records of topics by offset, outside of any group. For one thread. */
public final class OffsetReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  /** Records that are cheaper to read over than to jump. */
  private static final long NEAR = 500;

  private final Sources sources;
  private final Shelf shelf;
  private final Duration patience;
  private final Consumer<byte[], byte[]> consumer;

  /**
   * Opens a reader with a user's client settings.
   *
   * @param patience how long a broker that sends nothing is asked again
   */
  public static OffsetReader open(
      Map<String, String> kafka, Sources sources, Shelf shelf, Duration patience) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    // A jump throws away what was fetched beyond it.
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "262144");
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    return new OffsetReader(new KafkaConsumer<>(settings, bytes, bytes), sources, shelf, patience);
  }

  /** Reads with a consumer, which is owned and closed from now on. */
  OffsetReader(Consumer<byte[], byte[]> consumer, Sources sources, Shelf shelf, Duration patience) {
    this.consumer = consumer;
    this.sources = sources;
    this.shelf = shelf;
    this.patience = patience;
  }

  /**
   * The records at these offsets, in offset order. Those that the log no longer has are left out.
   *
   * @throws TimeoutException when the broker sends nothing for the time of patience
   */
  public List<ConsumerRecord<byte[], byte[]>> read(int partition, Collection<Long> offsets) {
    NavigableMap<Long, ConsumerRecord<byte[], byte[]>> found = new TreeMap<>();
    NavigableSet<Long> missing = new TreeSet<>();
    for (long offset : offsets) {
      shelf
          .find(partition, offset)
          .ifPresentOrElse(record -> found.put(offset, record), () -> missing.add(offset));
    }
    if (!missing.isEmpty()) {
      sources.at(partition).ifPresent(at -> fetch(at, missing, found));
    }
    return new ArrayList<>(found.values());
  }

  @Override
  public void close() {
    consumer.close();
  }

  private void fetch(
      TopicPartition partition,
      NavigableSet<Long> missing,
      Map<Long, ConsumerRecord<byte[], byte[]>> found) {
    List<TopicPartition> asked = List.of(partition);
    consumer.assign(asked);
    long begin = consumer.beginningOffsets(asked).getOrDefault(partition, 0L);
    long end = consumer.endOffsets(asked).getOrDefault(partition, 0L);
    missing.headSet(begin).clear();
    missing.tailSet(end).clear();
    long progressNs = System.nanoTime();
    long position = -NEAR - 1;
    while (!missing.isEmpty()) {
      if (missing.first() - position > NEAR) {
        consumer.seek(partition, missing.first());
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (missing.remove(record.offset())) {
          found.put(record.offset(), record);
          shelf.put(record);
        }
      }
      long reached = consumer.position(partition);
      if (reached != position) {
        progressNs = System.nanoTime();
      }
      position = reached;
      // Compacted away, or of a transaction that was aborted.
      missing.headSet(position).clear();
      requireProgress(partition, progressNs);
    }
  }

  private void requireProgress(TopicPartition partition, long sinceNs) {
    if (System.nanoTime() - sinceNs > patience.toNanos()) {
      throw new TimeoutException(
          "%s sends nothing for %s: look at the brokers".formatted(partition, patience));
    }
  }
}
