package io.alluvium.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.BaseModel;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import io.alluvium.stack.junit.Poison;
import io.alluvium.trainer.train.TrainRoleIT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Poison of every kind in every topic that a role reads: each has its fate, and work goes on. */
@ExtendWith(LocalStackExtension.class)
class PoisonIT {
  private static final byte[] KEY = "news".getBytes(StandardCharsets.UTF_8);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  void nothingThatARecordHoldsStopsTheScorerAndHeadersGoWithTheScores(LocalStack stack)
      throws Exception {
    RoleFixture worker = new RoleFixture(stack, "poison-score-");
    Topic<TrainingExample> topic = worker.topics.accepted();
    List<TrainingExample> examples = NewsExamples.read("news", 0, 4);
    poisonStates(worker, stack);
    worker.start("score");
    int bad = poison(worker, stack, topic, worker.bytes(topic, examples.get(0)));

    byte[] last = worker.bytes(topic, examples.get(3));
    ProducerRecord<byte[], byte[]> good = new ProducerRecord<>(topic.name(), KEY, last);
    good.headers().add("trace", new byte[] {7});
    worker.sendNow(Map.of("good", good));
    await().atMost(PATIENCE).until(() -> worker.raw(worker.topics.scored()).size() == 1);
    await().atMost(PATIENCE).until(() -> worker.raw(worker.topics.rejected()).size() == bad);

    ConsumerRecord<byte[], byte[]> scored = worker.raw(worker.topics.scored()).get(0);
    assertThat(Objects.requireNonNull(scored.headers().lastHeader("trace")).value())
        .containsExactly(7);
    assertThat(worker.read(worker.topics.rejected()))
        .extracting(Rejection::getReason)
        .contains("UNDECODABLE", "KEY_MISMATCH");
    assertThat(worker.read(worker.topics.rejected()))
        .extracting(Rejection::getDetail)
        .anyMatch(detail -> detail.contains("key cut to 32768 of 900000 bytes"))
        .anyMatch(detail -> detail.contains("headers cut to 0 of"));
    assertThat(worker.metrics("score")).contains("alluvium_ready 1.0");
  }

  @Test
  void nothingThatARecordHoldsStopsTheTrainer(LocalStack stack) throws Exception {
    RoleFixture worker = new RoleFixture(stack, "poison-train-");
    Topic<WeightedExample> topic = worker.topics.training();
    List<WeightedExample> examples = NewsExamples.weighted("news", 0, 65);
    poisonStates(worker, stack);
    worker.start("train", TrainRoleIT.QUICK);
    int bad = poison(worker, stack, topic, worker.bytes(topic, examples.get(64)));
    worker.send(topic, "news", examples.subList(0, 64));

    await().atMost(PATIENCE).until(() -> worker.raw(worker.topics.reports()).size() == 1);
    await().atMost(PATIENCE).until(() -> worker.raw(worker.topics.rejected()).size() == bad);
    assertThat(worker.metrics("train")).contains("alluvium_ready 1.0");
  }

  /** What both roles read whole at each start. */
  private static void poisonStates(RoleFixture worker, LocalStack stack) {
    AdapterState state =
        AdapterState.newBuilder()
            .setAdapter("news")
            .setBase(new BaseModel("b", "d"))
            .setLastVersion(0L)
            .setUpdatedAt(Instant.EPOCH)
            .build();
    for (Topic<?> topic : List.of(worker.topics.versions(), worker.topics.adapters())) {
      Poison.Good good = new Poison.Good(KEY, worker.bytes(worker.topics.adapters(), state));
      worker.sendNow(Poison.unreadable(stack, topic.name(), good));
    }
  }

  private static int poison(RoleFixture worker, LocalStack stack, Topic<?> topic, byte[] value) {
    Poison.Good good = new Poison.Good(KEY, value);
    Map<String, ProducerRecord<byte[], byte[]>> bad = Poison.unreadable(stack, topic.name(), good);
    bad.putAll(Poison.misplaced(topic.name(), good));
    worker.sendNow(bad);
    return bad.size();
  }
}
