package io.alluvium.trainer.publish;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.registry.AvroSerdes;
import io.alluvium.schemas.setup.RegistryUnavailableException;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.trainer.publish.Rejections.Refused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;

/** Turns values into bytes before a transaction begins, so that no registry is asked inside one. */
public final class RecordSerializer {
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final Serializer<SpecificRecord> serializer;
  private final Duration patience;

  /**
   * Writes with Confluent's serializer.
   *
   * @param patience how long an unreachable registry is asked again before giving up; over 250 ms
   */
  public RecordSerializer(AvroSerdes serdes, Duration patience) {
    this.serializer = serdes.serializer();
    this.patience = patience;
  }

  /**
   * A record for a topic, keyed by adapter id.
   *
   * @throws RegistryUnavailableException when the registry does not answer within the patience
   */
  public <V extends SpecificRecord> ProducerRecord<byte[], byte[]> keyed(
      Topic<V> topic, String adapter, V value) {
    return keyed(topic, adapter, value, new RecordHeaders());
  }

  /** The same with headers that came with what it was made of. */
  public <V extends SpecificRecord> ProducerRecord<byte[], byte[]> keyed(
      Topic<V> topic, String adapter, V value, Headers headers) {
    byte[] key = adapter.getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(topic.name(), null, key, bytes(topic, value), headers);
  }

  /** A rejection, under the refused record's key. */
  public ProducerRecord<byte[], byte[]> refused(Topic<Rejection> topic, Refused refused) {
    Rejection rejection = refused.rejection();
    return new ProducerRecord<>(
        topic.name(),
        null,
        Utils.toNullableArray(rejection.getKey()),
        bytes(topic, rejection),
        refused.headers());
  }

  private byte[] bytes(Topic<?> topic, SpecificRecord value) {
    try {
      return Failsafe.with(retry()).get(() -> serializer.serialize(topic.name(), value));
    } catch (SerializationException | RetriableException failure) {
      throw isTransient(failure) ? unavailable(failure) : failure;
    }
  }

  private RetryPolicy<Object> retry() {
    return RetryPolicy.builder()
        .handleIf(RecordSerializer::isTransient)
        .withMaxRetries(-1)
        .withDelay(PAUSE)
        .withMaxDuration(patience)
        .build();
  }

  private static RegistryUnavailableException unavailable(RuntimeException failure) {
    return new RegistryUnavailableException(
        "schema registry does not answer (%s): start it or correct registry.schema.registry.url"
            .formatted(failure.getMessage()),
        failure);
  }

  private static boolean isTransient(Throwable failure) {
    return failure instanceof RetriableException
        || (failure instanceof SerializationException && failure.getCause() instanceof IOException);
  }
}
