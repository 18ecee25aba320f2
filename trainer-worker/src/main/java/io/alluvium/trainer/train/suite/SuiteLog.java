package io.alluvium.trainer.train.suite;

import io.alluvium.schemas.SuiteItem;
import io.alluvium.schemas.suite.SuiteKey;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.trainer.claim.Reading;
import io.alluvium.trainer.claim.RecordReader;
import io.alluvium.trainer.worker.WorkerContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The suites topic, read once and written once, each within a time. For one thread.
 *
 * @param context whose topic it is
 * @param within how long reading may take, and writing
 */
record SuiteLog(WorkerContext context, Duration within) {
  private static final Duration POLL = Duration.ofMillis(100);

  /**
   * The last record of each key; what is deleted, or no item, is not there.
   *
   * @throws TimeoutException when the topic cannot be read to its end in time
   * @throws KafkaException when the broker refuses
   */
  Map<String, SuiteItem> read() {
    Consumer<byte[], byte[]> consumer = consumer();
    try {
      return read(consumer);
    } finally {
      consumer.close(CloseOptions.timeout(within));
    }
  }

  private Map<String, SuiteItem> read(Consumer<byte[], byte[]> consumer) {
    Map<String, SuiteItem> items = new LinkedHashMap<>();
    RecordReader<SuiteItem> reader = context.reader(topic());
    List<TopicPartition> partitions = partitions();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    long endNs = System.nanoTime() + within.toNanos();
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, within);
    while (behind(consumer, ends)) {
      if (System.nanoTime() > endNs) {
        throw new TimeoutException("%s cannot be read in %s".formatted(topic().name(), within));
      }
      consumer.poll(POLL).forEach(record -> take(record, reader, items));
    }
    return items;
  }

  private boolean behind(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey(), within) < end.getValue());
  }

  private static void take(
      ConsumerRecord<byte[], byte[]> record,
      RecordReader<SuiteItem> reader,
      Map<String, SuiteItem> items) {
    if (record.key() == null) {
      return;
    }
    String key = new String(record.key(), StandardCharsets.UTF_8);
    if (record.value() != null && reader.read(record) instanceof Reading.Decoded<SuiteItem> item) {
      items.put(key, item.value());
    } else {
      items.remove(key);
    }
  }

  /**
   * Writes all of it.
   *
   * @throws TimeoutException when the broker has not taken everything in time; what it has taken
   *     stands
   * @throws KafkaException when the broker refuses
   */
  void write(SuiteChanges changes) {
    List<ProducerRecord<byte[], byte[]>> records = records(changes);
    Producer<byte[], byte[]> producer = producer();
    try {
      long endNs = System.nanoTime() + within.toNanos();
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (ProducerRecord<byte[], byte[]> record : records) {
        // Each send may wait for the topic as long as all of them may take.
        if (System.nanoTime() > endNs) {
          throw late();
        }
        sent.add(producer.send(record));
      }
      for (Future<RecordMetadata> one : sent) {
        await(one, endNs);
      }
    } finally {
      // What was not taken in time is given up.
      producer.close(Duration.ZERO);
    }
  }

  private void await(Future<RecordMetadata> sent, long endNs) {
    try {
      RecordMetadata unused = sent.get(endNs - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException refused) {
      throw refused.getCause() instanceof KafkaException known
          ? known
          : new KafkaException(refused.getCause());
    } catch (java.util.concurrent.TimeoutException unanswered) {
      throw late();
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }

  private TimeoutException late() {
    return new TimeoutException(
        "%s does not take all of it in %s".formatted(topic().name(), within));
  }

  private List<ProducerRecord<byte[], byte[]>> records(SuiteChanges changes) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    var serializer = context.serializer();
    Stream.concat(changes.begun().stream(), changes.ended().stream())
        .forEach(item -> records.add(serializer.keyed(topic(), SuiteKey.of(item), item)));
    for (String key : changes.deleted()) {
      records.add(new ProducerRecord<>(topic().name(), key.getBytes(StandardCharsets.UTF_8), null));
    }
    return records;
  }

  private Topic<SuiteItem> topic() {
    return context.topics().suites();
  }

  private List<TopicPartition> partitions() {
    return IntStream.range(0, topic().partitions())
        .mapToObj(number -> new TopicPartition(topic().name(), number))
        .toList();
  }

  private Consumer<byte[], byte[]> consumer() {
    Map<String, Object> settings = new HashMap<>(context.config().kafka());
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    return new KafkaConsumer<>(settings, bytes, bytes);
  }

  private Producer<byte[], byte[]> producer() {
    Map<String, Object> settings = new HashMap<>(context.config().kafka());
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    // A record twice is as good as once, and asking for a producer's id cannot be broken off.
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "false");
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, within.toMillis());
    ByteArraySerializer bytes = new ByteArraySerializer();
    return new KafkaProducer<>(settings, bytes, bytes);
  }
}
