package io.alluvium.trainer.claim;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import io.alluvium.schemas.setup.RegistryUnavailableException;
import io.alluvium.trainer.claim.Refusal.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes records outside of the consumer: a deserializer that throws inside poll would stop its
 * partition for good.
 *
 * @param <V> the type of the topic's values
 */
public final class RecordReader<V> {
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final Deserializer<V> deserializer;
  private final Duration patience;

  /**
   * Reads with a deserializer of the topic's type.
   *
   * @param patience how long an unreachable registry is asked again before giving up; over 250 ms
   */
  public RecordReader(Deserializer<V> deserializer, Duration patience) {
    this.deserializer = deserializer;
    this.patience = patience;
  }

  /**
   * Decodes a value.
   *
   * @throws RegistryUnavailableException when the schema cannot be fetched within the patience
   * @throws KafkaException when the registry answers and refuses us
   */
  public Reading<V> read(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    return value == null ? unreadable("no value (a tombstone)") : decoded(record.topic(), value);
  }

  private Reading<V> decoded(String topic, byte[] value) {
    try {
      return new Reading.Decoded<>(
          Failsafe.with(retry()).get(() -> deserializer.deserialize(topic, value)));
    } catch (RuntimeException failure) {
      return refused(failure);
    }
  }

  private RetryPolicy<Object> retry() {
    return RetryPolicy.builder()
        .handleIf(RecordReader::isTransient)
        .withMaxRetries(-1)
        .withDelay(PAUSE)
        .withMaxDuration(patience)
        .build();
  }

  /** Bytes come from anybody: whatever Avro makes of them in vain is the bytes' fault. */
  private Reading<V> refused(RuntimeException failure) {
    if (isTransient(failure)) {
      throw new RegistryUnavailableException(
          "schema registry does not answer (%s): start it or correct registry.schema.registry.url"
              .formatted(deepest(failure)),
          failure);
    }
    if (failure instanceof KafkaException && !(failure instanceof SerializationException)) {
      throw failure;
    }
    return unreadable(deepest(failure));
  }

  /**
   * Confluent says "Error retrieving" for an unreachable registry, "deserializing" for the bytes.
   */
  private static boolean isTransient(@Nullable Throwable failure) {
    return failure instanceof RetriableException
        || (failure instanceof SerializationException unread
            && unread.getCause() instanceof IOException
            && Objects.toString(unread.getMessage()).startsWith("Error retrieving"));
  }

  private static String deepest(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return Objects.toString(cause.getMessage(), cause.getClass().getSimpleName());
  }

  private static <V> Reading<V> unreadable(String detail) {
    return new Reading.Undecodable<>(new Refusal(Reason.UNDECODABLE, detail));
  }
}
