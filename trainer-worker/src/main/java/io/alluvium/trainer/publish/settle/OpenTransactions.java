package io.alluvium.trainer.publish.settle;

import io.alluvium.schemas.topic.Topic;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.TopicPartition;

/** Asks the brokers whose transactions are open. */
record OpenTransactions(Admin admin) {

  /**
   * An open transaction.
   *
   * @param partition that it holds up
   * @param transactionalId whose it is
   * @param lastWrite when its producer last wrote there
   */
  record Open(TopicPartition partition, String transactionalId, Instant lastWrite) {}

  /** The one on these topics that was last written to longest ago; empty where none is open. */
  Optional<Open> oldest(List<Topic<?>> topics) {
    try {
      Map<TopicPartition, PartitionProducerState> producers =
          admin
              .describeProducers(topics.stream().flatMap(OpenTransactions::partitions).toList())
              .all()
              .get();
      Optional<Map.Entry<TopicPartition, ProducerState>> oldest =
          producers.entrySet().stream()
              .flatMap(OpenTransactions::open)
              .min(Comparator.comparingLong(open -> open.getValue().lastTimestamp()));
      return oldest.isEmpty() ? Optional.empty() : Optional.of(named(oldest.get()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking for transactions", interrupted);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(failed.getCause());
    }
  }

  private Open named(Map.Entry<TopicPartition, ProducerState> open)
      throws ExecutionException, InterruptedException {
    long producer = open.getValue().producerId();
    ListTransactionsOptions ofProducer =
        new ListTransactionsOptions().filterProducerIds(Set.of(producer));
    String owner =
        admin.listTransactions(ofProducer).all().get().stream()
            .map(TransactionListing::transactionalId)
            .findFirst()
            .orElse("producer " + producer);
    return new Open(open.getKey(), owner, Instant.ofEpochMilli(open.getValue().lastTimestamp()));
  }

  private static Stream<Map.Entry<TopicPartition, ProducerState>> open(
      Map.Entry<TopicPartition, PartitionProducerState> partition) {
    return partition.getValue().activeProducers().stream()
        .filter(producer -> producer.currentTransactionStartOffset().isPresent())
        .map(producer -> Map.entry(partition.getKey(), producer));
  }

  private static Stream<TopicPartition> partitions(Topic<?> topic) {
    return IntStream.range(0, topic.partitions())
        .mapToObj(number -> new TopicPartition(topic.name(), number));
  }
}
