package io.alluvium.trainer.rederive;

import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.OffsetRange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Finds which offsets of a window's range are its adapter's: a window holds all of them.
 *
 * @param kafka a user's client settings
 */
record WindowScan(Map<String, String> kafka) {
  private static final Duration POLL = Duration.ofMillis(100);

  /**
   * What a range holds.
   *
   * @param begin first offset that the log still has
   * @param offsets of the adapter's records, rising
   */
  record Found(long begin, List<Long> offsets) {}

  Found of(AdapterVersion event) {
    byte[] key = event.getAdapter().getBytes(StandardCharsets.UTF_8);
    OffsetRange range = event.getWindow();
    TopicPartition at = new TopicPartition(range.getTopic(), range.getPartition());
    List<Long> offsets = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = open()) {
      List<TopicPartition> one = List.of(at);
      consumer.assign(one);
      long begin = consumer.beginningOffsets(one).getOrDefault(at, 0L);
      long end = Math.min(range.getNextOffset(), consumer.endOffsets(one).getOrDefault(at, 0L));
      consumer.seek(at, Math.max(begin, range.getFirstOffset()));
      while (consumer.position(at) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (record.offset() < end && Arrays.equals(record.key(), key)) {
            offsets.add(record.offset());
          }
        }
      }
      return new Found(begin, offsets);
    }
  }

  private Consumer<byte[], byte[]> open() {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    return new KafkaConsumer<>(settings, bytes, bytes);
  }
}
