package io.alluvium.trainer.publish;

import io.alluvium.trainer.publish.settle.TransactionTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApplicationRecoverableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The one atomic step: records and consumed offsets together, or nothing. For one thread.
 *
 * <p>The transaction is open for the milliseconds of sending; all long work lies before it.
 */
public final class Transactions implements AutoCloseable {
  private static final int COMMIT_ATTEMPTS = 3;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Producer<byte[], byte[]> producer;

  /**
   * Opens a producer. What a predecessor with the same id left open is finished or aborted first,
   * and the predecessor is fenced.
   *
   * @param kafka a user's client settings, passed through; what exactly-once needs is set over them
   * @throws TimeoutException when no broker answers within max.block.ms
   */
  public static Transactions open(Map<String, String> kafka, String transactionalId) {
    ByteArraySerializer bytes = new ByteArraySerializer();
    Transactions transactions =
        new Transactions(new KafkaProducer<>(settings(kafka, transactionalId), bytes, bytes));
    transactions.producer.initTransactions();
    return transactions;
  }

  static Map<String, Object> settings(Map<String, String> kafka, String transactionalId) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TransactionTime.of(kafka).timeoutMs());
    return settings;
  }

  /** Uses an initialised producer, which is owned and closed from now on. */
  Transactions(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /**
   * Commits records and offsets in one transaction.
   *
   * @param offsets what was consumed to make the records
   * @param membership the group's metadata as it was when the records were polled; the broker
   *     accepts the offsets only if the partitions were kept since
   * @throws KafkaException for everything that going on would not cure (authorisation,
   *     configuration); nothing is committed then
   */
  public CommitOutcome commit(
      List<ProducerRecord<byte[], byte[]>> records,
      Map<TopicPartition, OffsetAndMetadata> offsets,
      ConsumerGroupMetadata membership) {
    try {
      producer.beginTransaction();
      for (ProducerRecord<byte[], byte[]> record : records) {
        // The commit waits for every send and throws what went wrong with any.
        Future<RecordMetadata> unused = producer.send(record);
      }
      producer.sendOffsetsToTransaction(offsets, membership);
    } catch (KafkaException failure) {
      return abandoned(failure);
    }
    return committed();
  }

  /** Closes the producer; an open transaction is aborted by the broker or by the next start. */
  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }

  private CommitOutcome committed() {
    for (int attempt = 1; ; attempt++) {
      try {
        // The atomic line: before it nothing is published, after it everything is.
        producer.commitTransaction();
        return new CommitOutcome.Published();
      } catch (TimeoutException unanswered) {
        // Asking again is safe: the producer goes on with the same commit.
        if (attempt == COMMIT_ATTEMPTS) {
          return new CommitOutcome.Unknown(unanswered.toString());
        }
      } catch (KafkaException failure) {
        return abandoned(failure);
      }
    }
  }

  private CommitOutcome abandoned(KafkaException failure) {
    Throwable cause = decisive(failure);
    if (cause instanceof ApplicationRecoverableException) {
      return new CommitOutcome.Fenced(cause.toString());
    }
    if (!abortable(cause)) {
      throw failure;
    }
    return aborted(cause);
  }

  private CommitOutcome aborted(Throwable cause) {
    try {
      producer.abortTransaction();
      return new CommitOutcome.Superseded(cause.toString());
    } catch (ApplicationRecoverableException fenced) {
      return new CommitOutcome.Fenced(fenced.toString());
    } catch (TimeoutException unanswered) {
      return new CommitOutcome.Unknown(unanswered.toString());
    }
  }

  private static boolean abortable(Throwable cause) {
    return cause instanceof TransactionAbortableException
        || cause instanceof CommitFailedException
        || cause instanceof TimeoutException;
  }

  /** Kafka wraps what went wrong in the background into a plain KafkaException. */
  private static Throwable decisive(KafkaException failure) {
    Throwable cause = failure.getCause();
    return failure.getClass() == KafkaException.class && cause != null ? cause : failure;
  }
}
