package io.alluvium.trainer.claim;

import io.alluvium.schemas.topic.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a whole topic from its beginning and follows it, outside of any group. For one thread.
 *
 * @param <V> the type of the topic's values
 */
public final class LogReader<V extends SpecificRecord> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);
  private static final Duration POLL = Duration.ofMillis(100);

  /** Takes one value. */
  @FunctionalInterface
  public interface Taker<V> {
    /** Takes the value that follows all those taken before. */
    void take(V value);
  }

  /** Takes one value with where it stands. */
  @FunctionalInterface
  public interface PlacedTaker<V> {
    /**
     * Takes the value that follows all those taken before.
     *
     * @param offset in its partition
     */
    void take(long offset, V value);
  }

  private final Topic<V> topic;
  private final Consumer<byte[], byte[]> consumer;
  private final RecordReader<V> reader;

  /** Opens a reader at the beginning of the topic, with a user's client settings. */
  public LogReader(Map<String, String> kafka, Topic<V> topic, RecordReader<V> reader) {
    this.topic = topic;
    this.reader = reader;
    this.consumer = open(kafka);
    consumer.assign(partitions());
    consumer.seekToBeginning(partitions());
  }

  /**
   * Takes everything committed up to now: reads until the position reaches the last stable offset,
   * which is where an open transaction begins.
   */
  public void catchUp(Taker<V> taker) {
    catchUpPlaced((offset, value) -> taker.take(value));
  }

  /** The same with offsets. */
  public void catchUpPlaced(PlacedTaker<V> taker) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions());
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      consumer.poll(POLL).forEach(record -> give(record, taker));
    }
  }

  @Override
  public void close() {
    consumer.close();
  }

  /** Somebody else's bytes in a control topic must not stop training: they say nothing to us. */
  private void give(ConsumerRecord<byte[], byte[]> record, PlacedTaker<V> taker) {
    Reading<V> reading = reader.read(record);
    if (reading instanceof Reading.Decoded<V> readable) {
      taker.take(record.offset(), readable.value());
    } else {
      LOG.warn(
          "{}-{} offset {} is not a {}: ignored; find out who writes there",
          record.topic(),
          record.partition(),
          record.offset(),
          topic.valueType().getSimpleName());
    }
  }

  private List<TopicPartition> partitions() {
    return IntStream.range(0, topic.partitions())
        .mapToObj(number -> new TopicPartition(topic.name(), number))
        .toList();
  }

  private static Consumer<byte[], byte[]> open(Map<String, String> kafka) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    return new KafkaConsumer<>(settings, bytes, bytes);
  }
}
