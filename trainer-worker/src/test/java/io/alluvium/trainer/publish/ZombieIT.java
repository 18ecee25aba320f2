package io.alluvium.trainer.publish;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import io.alluvium.trainer.claim.Sources;
import io.alluvium.trainer.claim.group.GroupConsumer;
import io.alluvium.trainer.claim.group.Polled;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A worker trains on while the group gives half of its partitions to another. The broker compares
 * membership epochs, not ownership: only the snapshot taken at the poll keeps the zombie out.
 */
@ExtendWith(LocalStackExtension.class)
class ZombieIT {
  private static final String TOPIC = "zombie";
  private static final int PARTITIONS = 4;

  @Test
  void theSnapshotOfThePollCommitsWhatWasKeptAndNothingElse(LocalStack stack) throws Exception {
    Map<String, String> kafka = Map.of("bootstrap.servers", stack.bootstrapServers());
    createFilled(kafka);
    try (GroupConsumer worker = GroupConsumer.join(kafka, "zombies", Sources.of(TOPIC));
        Transactions transactions = Transactions.open(kafka, "zombie-1")) {
      pollAll(worker);
      ConsumerGroupMetadata snapshot = worker.snapshot();
      CompletableFuture<Void> training = new CompletableFuture<>();
      Set<Integer> lost = new TreeSet<>();
      Set<Integer> taken;
      try (Rival rival = new Rival(kafka)) {
        worker.readWhile(training, rival::holdsHalf, polled -> lost.addAll(polled.lost()));
        taken = rival.partitions();
        Set<Integer> kept = new TreeSet<>(IntStream.range(0, PARTITIONS).boxed().toList());
        kept.removeAll(taken);

        assertThat(lost).containsAnyElementsOf(taken).doesNotContainAnyElementsOf(kept);
        assertThat(transactions.commit(List.of(), offsets(taken), snapshot))
            .isInstanceOf(CommitOutcome.Superseded.class);
        assertThat(transactions.commit(List.of(), offsets(kept), snapshot))
            .isEqualTo(new CommitOutcome.Published());
        // The control: with fresh metadata the broker lets the zombie in. If this ever fails, the
        // broker has become stricter and the test above proves less than it says.
        assertThat(transactions.commit(List.of(), offsets(taken), worker.snapshot()))
            .isEqualTo(new CommitOutcome.Published());
      }
    }
  }

  private static void pollAll(GroupConsumer worker) {
    Set<Integer> seen = new TreeSet<>();
    while (seen.size() < PARTITIONS) {
      Polled polled = worker.poll(Duration.ofMillis(100));
      polled.records().forEach(record -> seen.add(record.partition()));
    }
  }

  private static Map<TopicPartition, OffsetAndMetadata> offsets(Set<Integer> partitions) {
    return partitions.stream()
        .collect(toMap(p -> new TopicPartition(TOPIC, p), p -> new OffsetAndMetadata(1)));
  }

  private static void createFilled(Map<String, String> kafka) throws Exception {
    try (Admin admin = Admin.create(Map.copyOf(kafka))) {
      admin
          .createTopics(List.of(new NewTopic(TOPIC, Optional.of(PARTITIONS), Optional.empty())))
          .all()
          .get();
    }
    ByteArraySerializer bytes = new ByteArraySerializer();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(new HashMap<>(kafka), bytes, bytes)) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        Future<RecordMetadata> unused =
            producer.send(new ProducerRecord<>(TOPIC, partition, new byte[0], new byte[0]));
      }
    }
  }

  /** Another member on a thread of its own. */
  private static final class Rival implements AutoCloseable {
    private final Set<Integer> held = new TreeSet<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean stopped;

    Rival(Map<String, String> kafka) {
      new Thread(() -> run(kafka), "rival").start();
    }

    synchronized boolean holdsHalf() {
      return held.size() == PARTITIONS / 2;
    }

    synchronized Set<Integer> partitions() {
      return Set.copyOf(held);
    }

    @Override
    public void close() {
      stopped = true;
      ended.join();
    }

    private void run(Map<String, String> kafka) {
      try (GroupConsumer consumer = GroupConsumer.join(kafka, "zombies", Sources.of(TOPIC))) {
        while (!stopped) {
          note(consumer.poll(Duration.ofMillis(50)));
        }
      } finally {
        ended.complete(null);
      }
    }

    private synchronized void note(Polled polled) {
      held.removeAll(polled.lost());
      held.addAll(polled.gained().keySet());
    }
  }
}
