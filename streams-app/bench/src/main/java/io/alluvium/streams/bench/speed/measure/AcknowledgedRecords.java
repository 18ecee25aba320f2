package io.alluvium.streams.bench.speed.measure;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the broker has acknowledged on topics that records end in; changelogs do not count.
 */
public final class AcknowledgedRecords implements ProducerInterceptor<byte[], byte[]> {
  private static final AtomicLong COUNT = new AtomicLong();
  private static volatile Goal goal = new Goal(Long.MAX_VALUE, new CompletableFuture<>());

  private record Goal(long records, CompletableFuture<Void> reached) {
    void look() {
      if (COUNT.get() >= records) {
        reached.complete(null);
      }
    }
  }

  /** For Kafka, which makes one by reflection. */
  public AcknowledgedRecords() {}

  /** Counts from zero again. */
  public static void restart() {
    COUNT.set(0);
  }

  /** Records that were acknowledged since the last restart. */
  public static long count() {
    return COUNT.get();
  }

  /** Done when so many are acknowledged since the restart; takes the place of an earlier goal. */
  static CompletableFuture<Void> reaching(long records) {
    Goal next = new Goal(records, new CompletableFuture<>());
    goal = next;
    // Some may have come before the goal stood.
    next.look();
    return next.reached;
  }

  @Override
  public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
    return record;
  }

  @Override
  public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
    if (exception == null && metadata != null && isEnd(metadata.topic())) {
      COUNT.incrementAndGet();
      goal.look();
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
