package io.alluvium.cli.produce;

import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.RegistryFault;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.schemas.TrainingExample;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends examples to the topic {@code examples}, acknowledged by all replicas and never twice by a
 * retry. Used from one thread; acknowledgements are counted on the producer's.
 */
public final class ExampleSender implements AutoCloseable {
  private final Producer<String, byte[]> producer;
  private final Serializer<TrainingExample> values;
  private final String topic;
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final Queue<Oversize> oversized = new ConcurrentLinkedQueue<>();

  /** Opens a producer on a cluster. */
  public ExampleSender(Cluster cluster) {
    producer = cluster.producer();
    values = cluster.serdes().serializer();
    topic = cluster.topics().examples().name();
  }

  /**
   * Hands an example to the producer.
   *
   * @param origin what the caller calls it when it is too large, for example a line number
   * @throws CommandException when the registry or the broker failed, now or on an earlier example
   */
  public void send(TrainingExample example, String origin) {
    sendBytes(example.getAdapter(), bytes(example), origin);
  }

  /** Hands raw bytes to the producer, whatever they are. */
  public void sendBytes(String key, byte[] value, String origin) {
    raiseFailure();
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
    Future<RecordMetadata> unused =
        producer.send(record, (metadata, refusal) -> settle(refusal, origin, value.length));
  }

  private byte[] bytes(TrainingExample example) {
    try {
      return values.serialize(topic, example);
    } catch (SerializationException fault) {
      throw RegistryFault.unreachable(fault)
          .orElseGet(() -> CommandException.failed("cannot write: " + fault.getMessage(), fault));
    }
  }

  private void settle(@Nullable Exception refusal, String origin, int bytes) {
    if (refusal == null) {
      acknowledged.incrementAndGet();
    } else if (refusal instanceof RecordTooLargeException) {
      oversized.add(new Oversize(origin, bytes));
    } else {
      failure.compareAndSet(null, refusal);
    }
  }

  /** Waits until everything handed over is acknowledged or refused. */
  public void flush() {
    producer.flush();
    raiseFailure();
  }

  private void raiseFailure() {
    Exception found = failure.get();
    if (found instanceof UnknownTopicOrPartitionException
        || found instanceof InvalidTopicException) {
      throw CommandException.failed(
          "there is no topic %s: start the applications once, or check --topic-prefix"
              .formatted(topic),
          found);
    }
    if (found != null) {
      throw CommandException.unreachable(
          "the broker did not take a record (%s): check it and send the file again, nothing is doubled"
              .formatted(found.getMessage()),
          found);
    }
  }

  /** Examples acknowledged so far. */
  public long acknowledged() {
    return acknowledged.get();
  }

  /** The next record found too large and not reported yet. */
  @Nullable Oversize nextOversize() {
    return oversized.poll();
  }

  @Override
  public void close() {
    producer.close();
    values.close();
  }

  /**
   * A record above the producer's or the broker's limit; it was not sent.
   *
   * @param origin what the caller called it
   * @param bytes size of its value
   */
  record Oversize(String origin, int bytes) {}
}
