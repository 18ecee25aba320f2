package io.alluvium.cli.order.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.cli.Cli;
import io.alluvium.cli.OnStack;
import io.alluvium.cli.TestRecords;
import io.alluvium.cli.connect.ClientSettings;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.topic.Keyed;
import io.alluvium.cli.connect.topic.TopicReader;
import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.BaseModel;
import io.alluvium.schemas.Command;
import io.alluvium.schemas.OffsetRange;
import io.alluvium.schemas.Outcome;
import io.alluvium.schemas.topic.Topics;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import io.alluvium.trainer.publish.order.Order;
import io.alluvium.trainer.round.order.AnswerWriter;
import io.alluvium.trainer.round.order.Finding;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What orders to the trainer print, and how they end; OrdersIT of trainer-worker obeys them. */
@ExtendWith(LocalStackExtension.class)
class TrainingOrderIT {
  private static final Topics TOPICS = new Topics("training-order-it.", 2);
  private static final BaseModel BASE = new BaseModel("base", "d");

  private final AnswerWriter answers = new AnswerWriter(BASE, "test");
  private final Instant now = Instant.ofEpochMilli(1_000);
  private final AdapterVersion released = TestRecords.version(1, 0, 3, Outcome.RELEASED);
  private final OnStack alluvium;
  private final Cluster cluster;

  TrainingOrderIT(LocalStack stack, @TempDir Path data) {
    alluvium = new OnStack(stack, TOPICS, data);
    cluster =
        new Cluster(
            new ClientSettings(
                Map.of(
                    ClientSettings.BOOTSTRAP, stack.bootstrapServers(),
                    ClientSettings.REGISTRY, stack.registryUrl(),
                    ClientSettings.TOPIC_PREFIX, TOPICS.prefix())));
    cluster.write(cluster.topics().versions(), List.of(new Keyed<>("support", released)));
  }

  @Test
  void whatBecameOfAnOrderIsPrinted() {
    CompletableFuture<Void> paused =
        answering(order -> answers.paused(null, "support", order, now));
    Cli.Result pause = alluvium.run("pause", "--adapter=support", "--by=ann", "--timeout=PT1M");
    paused.join();
    assertThat(pause.code()).as(pause.err()).isZero();
    assertThat(pause.out()).startsWith("support: paused since 20").endsWith(" by ann\n");
    assertThat(alluvium.run("adapters", "show", "support").out()).contains("paused since 20");

    CompletableFuture<Void> back = answering(this::rolledBack);
    Cli.Result rollback = alluvium.run("rollback", "--adapter=support", "--to=1", "--timeout=PT1M");
    back.join();
    assertThat(rollback.code()).as(rollback.err()).isZero();
    assertThat(rollback.out())
        .isEqualTo(
            "support: version 4 is version 1 again; records training-0 [3, 9) are quarantined\n");

    CompletableFuture<Void> refused =
        answering(order -> answers.refused(null, order, "there is no version 7", now));
    Cli.Result nonsense = alluvium.run("rollback", "--adapter=support", "--to=7", "--timeout=PT1M");
    refused.join();
    assertThat(nonsense.code()).isEqualTo(1);
    assertThat(nonsense.err()).isEqualTo("support: the trainer refuses: there is no version 7\n");
  }

  @Test
  void withoutATrainerTheOrderStandsAndTheCommandSaysSo() {
    Cli.Result given =
        alluvium.run(
            "rollback",
            "--adapter=support",
            "--to=1",
            "--records=keep",
            "--reason=bad labels",
            "--no-wait",
            "--format=json");
    assertThat(given.json()).hasSize(1);
    assertThat(given.json().get(0).get("argument").asText()).isEqualTo("keep");
    assertThat(given.json().get(0).get("version").longValue()).isEqualTo(1);
    assertThat(given.json().get(0).get("reason").asText()).isEqualTo("bad labels");

    Cli.Result late = alluvium.run("resume", "--adapter=support", "--timeout=PT0.5S");
    assertThat(late.code()).isEqualTo(1);
    assertThat(late.err()).startsWith("support: not obeyed within PT0.5S: the order stays");

    assertThat(alluvium.run("rollback", "--adapter=nobody", "--to=1").err())
        .contains("no adapter \"nobody\" has a version yet");
    assertThat(alluvium.run("rollback", "--adapter=*", "--to=1").code()).isEqualTo(2);
    Cli.Result early = alluvium.run("pause", "--adapter=nobody");
    assertThat(early.code()).isZero();
    assertThat(early.err()).contains("no trainer has seen a record of nobody yet");
  }

  private AdapterState rolledBack(Order order) {
    Finding.Possible found =
        new Finding.Possible(released, List.of(new OffsetRange("training", 0, 3L, 9L)), List.of());
    AnswerWriter.Seat seat = new AnswerWriter.Seat(4, new OffsetRange("training", 0, 9L, 9L), 9);
    return answers.rolledBack(null, order, answers.event(order, found, seat, now), now);
  }

  /** Answers the next order to the trainer, as the trainer would. */
  private CompletableFuture<Void> answering(Function<Order, AdapterState> answer) {
    TopicReader<AdapterCommand> orders = cluster.read(cluster.topics().commands()).fromNow();
    return CompletableFuture.runAsync(
        () -> {
          try (orders) {
            Optional<Order> order = Optional.empty();
            while (order.isEmpty()) {
              order =
                  orders.next(Duration.ofMillis(100)).stream()
                      .filter(entry -> entry.value().getCommand() != Command.ERASE)
                      .map(entry -> new Order(entry.offset(), entry.value()))
                      .findFirst();
            }
            cluster.write(
                cluster.topics().adapters(),
                List.of(new Keyed<>("support", answer.apply(order.get()))));
          }
        });
  }
}
