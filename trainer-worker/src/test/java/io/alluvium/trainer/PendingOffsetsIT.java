package io.alluvium.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import io.alluvium.trainer.train.TrainRoleIT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalStackExtension.class)
class PendingOffsetsIT {
  private static final int WINDOW = 64;
  private static final String WAIT =
      "alluvium_transaction_wait_seconds\\{awaited=\"offsets\",stage=\"score\"\\} ";

  /** What a worker frozen between its offsets and its commit leaves in the group. */
  @Test
  void offsetsOfAHungTransactionStopTheirPartitionAloneAndUntilItEnds(LocalStack stack)
      throws Exception {
    RoleFixture worker = new RoleFixture(stack, "pending-");
    String held = onPartition(0);
    String other = onPartition(1);
    for (String adapter : List.of(held, other)) {
      worker.send(worker.topics.training(), adapter, NewsExamples.weighted(adapter, 0, WINDOW));
    }
    try (KafkaProducer<byte[], byte[]> hung = producer(worker)) {
      hang(hung, worker, "train", worker.topics.training().name());
      worker.start("train", TrainRoleIT.QUICK);
      await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(() -> assertThat(examples(worker, other)).isEqualTo(WINDOW));
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> worker.logged(worker.name("train"), "pending-training-0 waits") > 0);
      assertThat(examples(worker, held)).isZero();
      hung.abortTransaction();
    }
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> assertThat(examples(worker, held)).isEqualTo(WINDOW));
    assertThat(worker.logged(worker.name("train"), "role train is ready"))
        .as("starts of the worker")
        .isEqualTo(1);
    Chains.assertGapless(worker.read(worker.topics.versions()));
  }

  @Test
  void theScorerGoesOnWithOtherPartitionsAndWithThatOneWhenItEnds(LocalStack stack)
      throws Exception {
    RoleFixture worker = new RoleFixture(stack, "pending-score-");
    String held = onPartition(0);
    String other = onPartition(1);
    for (String adapter : List.of(held, other)) {
      worker.send(worker.topics.accepted(), adapter, NewsExamples.read(adapter, 0, 8));
    }
    try (KafkaProducer<byte[], byte[]> hung = producer(worker)) {
      hang(hung, worker, "score", worker.topics.accepted().name());
      worker.start("score");
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> assertThat(scored(worker, other)).isEqualTo(8));
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> assertThat(worker.metrics("score")).containsPattern(WAIT + "[1-9]"));
      assertThat(worker.logged(worker.name("score"), "pending-score-examples.accepted-0 waits"))
          .isPositive();
      assertThat(scored(worker, held)).isZero();
      hung.abortTransaction();
    }
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(scored(worker, held)).isEqualTo(8));
    assertThat(worker.metrics("score")).containsPattern(WAIT + "0\\.0");
  }

  private static long scored(RoleFixture worker, String adapter) {
    return worker.read(worker.topics.scored()).stream()
        .filter(scored -> scored.getExample().getAdapter().equals(adapter))
        .count();
  }

  private static long examples(RoleFixture worker, String adapter) {
    return Chains.examples(
        worker.read(worker.topics.versions()).stream()
            .filter(version -> version.getAdapter().equals(adapter))
            .toList());
  }

  private static String onPartition(int partition) {
    return IntStream.range(0, 100)
        .mapToObj(number -> "news" + number)
        .filter(
            name ->
                Utils.toPositive(Utils.murmur2(name.getBytes(StandardCharsets.UTF_8))) % 2
                    == partition)
        .findFirst()
        .orElseThrow();
  }

  private static KafkaProducer<byte[], byte[]> producer(RoleFixture worker) {
    Map<String, Object> settings = worker.kafka();
    settings.put("transactional.id", worker.topics.prefix() + "hung");
    settings.put("transaction.timeout.ms", "600000");
    ByteArraySerializer bytes = new ByteArraySerializer();
    return new KafkaProducer<>(settings, bytes, bytes);
  }

  private static void hang(
      KafkaProducer<byte[], byte[]> producer, RoleFixture worker, String role, String topic) {
    producer.initTransactions();
    producer.beginTransaction();
    producer.sendOffsetsToTransaction(
        Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(0)), nobody(worker, role));
  }

  /** The group as one sees it that is no member. */
  private static ConsumerGroupMetadata nobody(RoleFixture worker, String role) {
    Map<String, Object> settings = worker.kafka();
    settings.put("group.id", worker.topics.prefix() + "alluvium-" + role);
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
      return consumer.groupMetadata();
    }
  }
}
