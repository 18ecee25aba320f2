package io.alluvium.trainer.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import io.alluvium.trainer.NewsExamples;
import io.alluvium.trainer.RoleFixture;
import io.alluvium.trainer.train.TrainRoleIT;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalStackExtension.class)
class ScoreRoleIT {

  @Test
  void acceptedExamplesAreScoredOnceAndUnusableOnesRefused(LocalStack stack) throws Exception {
    RoleFixture worker = new RoleFixture(stack, "score-");
    worker.start("score");
    List<TrainingExample> examples = NewsExamples.read("news", 0, 300);
    TrainingExample endless =
        TrainingExample.newBuilder(examples.get(0))
            .setId("endless")
            .setCompletion("again and ".repeat(200))
            .build();
    TrainingExample misplaced =
        TrainingExample.newBuilder(examples.get(0)).setId("misplaced").setAdapter("other").build();

    List<TrainingExample> sent = new ArrayList<>(examples);
    sent.addAll(List.of(endless, misplaced));
    worker.send(worker.topics.accepted(), "news", sent);
    worker.sendRaw(
        worker.topics.accepted(),
        "news",
        List.of(
            "no avro".getBytes(StandardCharsets.UTF_8),
            new byte[] {0, 0, 0, 0x7f, 0x7f, 1, 2, 3},
            new byte[0]));

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(worker.read(worker.topics.rejected()))
                    .extracting(rejection -> rejection.getReason())
                    .containsExactlyInAnyOrder(
                        "TOO_LONG", "KEY_MISMATCH", "UNDECODABLE", "UNDECODABLE", "UNDECODABLE"));
    List<ScoredExample> scored = worker.read(worker.topics.scored());
    assertThat(scored).extracting(s -> s.getExample().getId()).hasSize(300).doesNotHaveDuplicates();
    assertThat(scored).allSatisfy(ScoreRoleIT::assertMeasured);
    assertThat(scored).allMatch(s -> s.getAdapterVersion() == null);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                worker.metrics("score").contains("alluvium_lag_age_seconds{stage=\"score\"} 0.0"));
  }

  /** The log has the small adapter's record behind all of the hot one's. */
  @Test
  void whatAnAdapterSendsDoesNotHoldUpAnother(LocalStack stack) throws Exception {
    RoleFixture worker = new RoleFixture(stack, "turns-");
    worker.send(worker.topics.accepted(), "hot", many("hot", 2000));
    String small = neighbour(worker, "hot");
    worker.send(worker.topics.accepted(), small, many(small, 1));
    worker.start("score", "score: { pollRecords: 100 }");
    await().atMost(Duration.ofMinutes(2)).until(() -> scored(worker).size() == 2001);

    List<String> order =
        scored(worker).stream().map(scored -> scored.getExample().getAdapter()).toList();
    assertThat(order.indexOf(small)).isLessThan(1000);
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(worker.committed("score").values())
                    .allMatch(committed -> committed.metadata().isEmpty()));
  }

  /** Killed in the middle, when some records behind the committed offset are scored already. */
  @Test
  void aScorerThatStartsAgainScoresNothingTwice(LocalStack stack) throws Exception {
    RoleFixture worker = new RoleFixture(stack, "again-");
    worker.send(worker.topics.accepted(), "hot", many("hot", 1500));
    String small = neighbour(worker, "hot");
    worker.send(worker.topics.accepted(), small, many(small, 20));
    worker.start("score", "score: { pollRecords: 50, batchTokens: 2000 }");
    await().atMost(Duration.ofSeconds(60)).until(() -> behind(worker));
    stack.kill(worker.name("score"));
    assertThat(scored(worker)).hasSizeLessThan(1520);
    stack.restart(worker.name("score"));
    await().atMost(Duration.ofMinutes(2)).until(() -> scored(worker).size() >= 1520);
    assertThat(scored(worker))
        .extracting(scored -> scored.getExample().getId())
        .doesNotHaveDuplicates()
        .hasSize(1520);
    assertThat(
            scored(worker).stream()
                .filter(scored -> scored.getExample().getAdapter().equals("hot"))
                .map(scored -> scored.getOrigin().getOffset()))
        .isSorted();
  }

  private static boolean behind(RoleFixture worker) {
    return worker.committed("score").values().stream()
        .anyMatch(committed -> committed.metadata().contains("behind="));
  }

  private static List<TrainingExample> many(String adapter, int count) throws IOException {
    TrainingExample some = NewsExamples.read("news", 0, 1).get(0);
    return IntStream.range(0, count)
        .mapToObj(
            number ->
                TrainingExample.newBuilder(some)
                    .setId(adapter + "-" + number)
                    .setAdapter(adapter)
                    .build())
        .toList();
  }

  /** An adapter that Kafka puts on the same partition. */
  private static String neighbour(RoleFixture worker, String adapter) {
    int partition = partition(worker, adapter);
    return IntStream.range(0, 100)
        .mapToObj(number -> "small-" + number)
        .filter(name -> partition(worker, name) == partition)
        .findFirst()
        .orElseThrow();
  }

  private static int partition(RoleFixture worker, String key) {
    return BuiltInPartitioner.partitionForKey(
        key.getBytes(StandardCharsets.UTF_8), worker.topics.accepted().partitions());
  }

  @Test
  void oncePublishedTheCurrentAdapterScoresBesideTheBase(LocalStack stack) throws Exception {
    RoleFixture worker = new RoleFixture(stack, "both-");
    worker.start("train", TrainRoleIT.QUICK);
    worker.start("score");
    List<TrainingExample> examples = NewsExamples.read("news", 500, 64);
    worker.send(worker.topics.accepted(), "news", examples);
    await().atMost(Duration.ofSeconds(60)).until(() -> scored(worker).size() == 64);

    worker.send(worker.topics.training(), "news", NewsExamples.weighted("news", 0, 64));
    await()
        .atMost(Duration.ofSeconds(90))
        .until(
            () ->
                worker.read(worker.topics.adapters()).stream()
                    .anyMatch(s -> s.getCurrentVersion() != null));
    worker.send(worker.topics.accepted(), "news", examples);
    await().atMost(Duration.ofSeconds(60)).until(() -> scored(worker).size() == 128);

    Map<String, List<ScoredExample>> byId =
        scored(worker).stream().collect(Collectors.groupingBy(s -> s.getExample().getId()));
    for (List<ScoredExample> twice : byId.values()) {
      double before = twice.get(0).getBaseLoss();
      assertThat(twice.get(1).getBaseLoss()).isCloseTo(before, within(1e-5 * before));
      assertThat(twice.get(1).getAdapterVersion()).isEqualTo(1);
    }
    assertThat(mean(byId, s -> s.getAdapterLoss())).isLessThan(mean(byId, s -> s.getBaseLoss()));
  }

  private static double mean(
      Map<String, List<ScoredExample>> byId, Function<ScoredExample, Double> loss) {
    return byId.values().stream().mapToDouble(s -> loss.apply(s.get(1))).average().orElseThrow();
  }

  private static List<ScoredExample> scored(RoleFixture worker) {
    return worker.read(worker.topics.scored());
  }

  private static void assertMeasured(ScoredExample scored) {
    assertThat(scored.getBaseLoss()).isBetween(0.01, 20.0);
    assertThat(scored.getBaseDigest()).hasSize(64);
    assertThat(scored.getResponseTokens()).isPositive();
    assertThat(scored.getEmbedding().remaining()).isEqualTo(2 * 64);
  }
}
