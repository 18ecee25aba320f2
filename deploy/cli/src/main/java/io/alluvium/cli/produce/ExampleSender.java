package io.alluvium.cli.produce;

import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.fault.ClientFault;
import io.alluvium.cli.fault.RegistryFault;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.schemas.TrainingExample;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
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

  /** Opens a producer on a cluster that waits for the broker as long as Kafka does by default. */
  public ExampleSender(Cluster cluster) {
    this(cluster, cluster.producer());
  }

  private ExampleSender(Cluster cluster, Producer<String, byte[]> producer) {
    this.producer = producer;
    values = cluster.serdes().serializer();
    topic = cluster.topics().examples().name();
  }

  /** One for somebody who waits: {@link Cluster#impatientProducer}. */
  static ExampleSender impatient(Cluster cluster) {
    return new ExampleSender(cluster, cluster.impatientProducer());
  }

  /**
   * Hands an example to the producer.
   *
   * @param origin what the caller calls it when it is too large, for example a line number
   * @throws CommandException when the registry or the broker failed, now or on an earlier example
   */
  public void send(TrainingExample example, String origin) {
    send(example, origin, stored -> {});
  }

  /**
   * The same.
   *
   * @param stored hears where the broker put it, on the producer's thread
   */
  void send(TrainingExample example, String origin, Consumer<RecordMetadata> stored) {
    send(new ProducerRecord<>(topic, example.getAdapter(), bytes(example)), origin, stored);
  }

  /** Hands raw bytes to the producer, whatever they are. */
  public void sendBytes(String key, byte[] value, String origin) {
    send(new ProducerRecord<>(topic, key, value), origin, stored -> {});
  }

  private void send(
      ProducerRecord<String, byte[]> record, String origin, Consumer<RecordMetadata> stored) {
    raiseFailure();
    Future<RecordMetadata> unused =
        producer.send(
            record,
            (place, refusal) -> {
              if (refusal == null) {
                stored.accept(place);
              }
              settle(refusal, origin, record.value().length);
            });
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
          "the broker took %d records and then none (%s): look at its log and its disk, then send the file again, nothing is doubled"
              .formatted(acknowledged(), ClientFault.words(found)),
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
    // What is still under way after a failure would only wait for the same broker.
    producer.close(failure.get() == null ? Duration.ofMillis(Long.MAX_VALUE) : Duration.ZERO);
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
