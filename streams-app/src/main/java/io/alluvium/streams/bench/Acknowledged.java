package io.alluvium.streams.bench;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the broker has acknowledged on topics that records end in; changelogs do not count.
 */
public final class Acknowledged implements ProducerInterceptor<byte[], byte[]> {
  private static final AtomicLong COUNT = new AtomicLong();

  /** For Kafka, which makes one by reflection. */
  public Acknowledged() {}

  static void restart() {
    COUNT.set(0);
  }

  static long count() {
    return COUNT.get();
  }

  @Override
  public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
    return record;
  }

  @Override
  public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
    if (exception == null && metadata != null && isEnd(metadata.topic())) {
      COUNT.incrementAndGet();
    }
  }

  private static boolean isEnd(String topic) {
    return topic.endsWith(".examples.accepted")
        || topic.endsWith(".training")
        || topic.endsWith(".examples.rejected");
  }

  @Override
  public void close() {}

  @Override
  public void configure(Map<String, ?> configs) {}
}
