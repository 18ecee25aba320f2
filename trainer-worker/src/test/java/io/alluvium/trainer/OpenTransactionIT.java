package io.alluvium.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import io.alluvium.trainer.publish.settle.TransactionTime;
import io.alluvium.trainer.train.TrainRoleIT;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalStackExtension.class)
class OpenTransactionIT {
  private static final int WINDOW = 64;
  private static final TransactionTime AS_WORKERS = TransactionTime.of(Map.of());

  /** What a worker frozen between its first record and its commit leaves on adapter.versions. */
  @Test
  void workersThatStartOrTrainBehindAHungTransactionGoOnWhenTheBrokerHasAbortedIt(LocalStack stack)
      throws Exception {
    RoleFixture worker = new RoleFixture(stack, "open-");
    worker.send(worker.topics.training(), "news", NewsExamples.weighted("news", 0, WINDOW));
    try (KafkaProducer<byte[], byte[]> atTheStart = producer(worker, "hung-0", AS_WORKERS)) {
      hang(atTheStart, worker);
      worker.start("train", TrainRoleIT.QUICK);
      awaitExamples(worker, WINDOW);
    }
    try (KafkaProducer<byte[], byte[]> inARound = producer(worker, "hung-1", AS_WORKERS)) {
      hang(inARound, worker);
      worker.send(worker.topics.training(), "news", NewsExamples.weighted("news", 500, WINDOW));
      awaitExamples(worker, 2 * WINDOW);
    }
    worker.send(worker.topics.training(), "news", NewsExamples.weighted("news", 1000, WINDOW));
    awaitExamples(worker, 3 * WINDOW);

    assertThat(worker.logged(worker.name("train"), "role train is ready"))
        .as("starts of the worker")
        .isEqualTo(1);
    assertThat(worker.logged(worker.name("train"), ": not seen yet, as behind an open transaction"))
        .as("lines that tell of the wait")
        .isPositive();
    assertThat(worker.metrics("train"))
        .contains("alluvium_transaction_wait_seconds{awaited=\"events\",stage=\"train\"} 0.0");
    Chains.assertGapless(worker.read(worker.topics.versions()));
  }

  @Test
  void aTransactionThatStaysOpenForLongerIsNamedInOneLine(LocalStack stack) throws Exception {
    RoleFixture worker = new RoleFixture(stack, "endless-");
    worker.send(worker.topics.training(), "news", NewsExamples.weighted("news", 0, WINDOW));
    TransactionTime endless = new TransactionTime(Duration.ofMinutes(10));
    try (KafkaProducer<byte[], byte[]> endlessly = producer(worker, "endless-hung", endless)) {
      hang(endlessly, worker);
      worker.start("train", TrainRoleIT.QUICK);
      await()
          .atMost(Duration.ofMinutes(2))
          .until(
              () ->
                  worker.logged(
                          worker.name("train"),
                          "endless-adapter.versions-0: a transaction of endless-hung has been open since")
                      == 1);
    }
  }

  private static void awaitExamples(RoleFixture worker, int count) {
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () ->
                assertThat(Chains.examples(worker.read(worker.topics.versions())))
                    .isEqualTo(count));
  }

  private static KafkaProducer<byte[], byte[]> producer(
      RoleFixture worker, String id, TransactionTime time) {
    Map<String, Object> settings = worker.kafka();
    settings.put("transactional.id", id);
    settings.put("transaction.timeout.ms", time.timeoutMs());
    ByteArraySerializer bytes = new ByteArraySerializer();
    return new KafkaProducer<>(settings, bytes, bytes);
  }

  private static void hang(KafkaProducer<byte[], byte[]> producer, RoleFixture worker) {
    producer.initTransactions();
    producer.beginTransaction();
    var unused = producer.send(new ProducerRecord<>(worker.topics.versions().name(), new byte[1]));
    producer.flush();
  }
}
