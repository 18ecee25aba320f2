package io.alluvium.trainer.worker;

import io.alluvium.trainer.claim.Sources;
import io.alluvium.trainer.claim.group.GroupConsumer;
import io.alluvium.trainer.publish.CommitOutcome;
import io.alluvium.trainer.publish.Transactions;
import io.alluvium.trainer.watch.TrainerMetrics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The line to the broker: a consumer and a producer that live and end together. For the polling
 * thread.
 */
public record KafkaSession(
    GroupConsumer consumer, Transactions transactions, TrainerMetrics metrics)
    implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaSession.class);

  /** The producer comes first: it settles what a predecessor left open before offsets are read. */
  public static KafkaSession open(WorkerContext context, Sources sources, int pollRecords) {
    Transactions transactions = context.transactions();
    return new KafkaSession(
        context.consumer(sources, pollRecords), transactions, context.metrics());
  }

  /** Commits, counts how it ended, and goes back to the committed offsets where nothing was. */
  public CommitOutcome commit(
      List<ProducerRecord<byte[], byte[]>> records,
      Map<TopicPartition, OffsetAndMetadata> offsets,
      ConsumerGroupMetadata membership) {
    CommitOutcome fate = transactions.commit(records, offsets, membership);
    metrics.transaction(name(fate));
    if (fate instanceof CommitOutcome.Superseded superseded) {
      LOG.info("nothing committed, reading again from the committed offsets: {}", superseded.why());
      consumer.rewind();
    }
    return fate;
  }

  static String name(CommitOutcome fate) {
    return fate.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() {
    try (transactions) {
      consumer.close();
    }
  }
}
