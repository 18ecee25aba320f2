package io.alluvium.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Command;
import io.alluvium.schemas.OffsetRange;
import io.alluvium.schemas.Outcome;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import io.alluvium.trainer.train.TrainRoleIT;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalStackExtension.class)
class OrdersIT {
  private static final int WINDOW = 64;

  /** Of the same partition as news, so that what it does tells that news was passed over. */
  private static final String NEIGHBOUR = "sport";

  @Test
  void anAdapterIsPausedResumedAndRolledBackThroughKills(LocalStack stack) throws Exception {
    RoleFixture worker = new RoleFixture(stack, "orders-");
    worker.start("train", TrainRoleIT.QUICK);
    for (int version = 1; version <= 3; version++) {
      send(worker, "news", WINDOW * (version - 1));
      int done = version;
      until(() -> versions(worker, "news").size() == done);
    }
    assertThat(versions(worker, "news").get(0).getOutcome()).isEqualTo(Outcome.RELEASED);

    order(worker, "pause", Command.PAUSE, null);
    until(() -> state(worker, "news").getPaused());
    assertThat(state(worker, "news").getPausedBy()).isEqualTo("test");
    assertThat(state(worker, "news").getPausedSince()).isEqualTo(Instant.EPOCH);
    send(worker, "news", WINDOW * 3);
    stack.kill(worker.name("train"));
    stack.restart(worker.name("train"));
    send(worker, NEIGHBOUR, WINDOW * 4);
    until(() -> versions(worker, NEIGHBOUR).size() == 1);
    assertThat(versions(worker, "news")).hasSize(3);
    AdapterVersion neighbour = versions(worker, NEIGHBOUR).get(0);
    assertThat(neighbour.getWindow().getPartition())
        .isEqualTo(versions(worker, "news").get(0).getWindow().getPartition());
    assertThat(neighbour.getWatermark())
        .as("offsets stay behind what waits")
        .isLessThan(neighbour.getWindow().getFirstOffset());

    order(worker, "back", Command.ROLLBACK, 1L);
    order(worker, "back", Command.ROLLBACK, 1L);
    stack.kill(worker.name("train"));
    order(worker, "nonsense", Command.ROLLBACK, 99L);
    stack.restart(worker.name("train"));
    until(() -> answer(worker).equals("nonsense"));
    assertRolledBackOnce(worker);
    assertThat(state(worker, "news").getLastOrder().getRefusal())
        .isEqualTo("there is no version 99, the last is 4");

    order(worker, "resume", Command.RESUME, null);
    until(() -> versions(worker, "news").size() == 5);
    AdapterVersion after = versions(worker, "news").get(4);
    assertThat(after.getParentVersion()).isEqualTo(1);
    assertThat(after.getTrainedFrom()).isNull();
    assertThat(after.getWindow().getFirstOffset())
        .isEqualTo(versions(worker, "news").get(2).getWindow().getNextOffset());
    assertThat(state(worker, "news").getPaused()).isFalse();

    assertReplaysAreRefused(worker);
    assertThat(versions(worker, "news"))
        .filteredOn(version -> version.getOutcome() == Outcome.ROLLED_BACK)
        .hasSize(1);
    Chains.assertOffsetsAgree(worker, worker.read(worker.topics.versions()));
  }

  private static void assertRolledBackOnce(RoleFixture worker) {
    List<AdapterVersion> versions = versions(worker, "news");
    assertThat(versions).hasSize(4);
    AdapterVersion first = versions.get(0);
    AdapterVersion back = versions.get(3);
    assertThat(back.getOutcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(back.getVersion()).isEqualTo(4);
    assertThat(back.getParentVersion()).isEqualTo(1);
    assertThat(back.getArtifact()).isEqualTo(first.getArtifact());
    assertThat(back.getOrder().getId()).isEqualTo("back");
    assertThat(back.getOrder().getReason()).isEqualTo("a test");
    assertThat(back.getWindow().getFirstOffset()).isEqualTo(back.getWindow().getNextOffset());
    OffsetRange trained = versions.get(1).getWindow();
    assertThat(back.getQuarantined())
        .containsExactly(
            new OffsetRange(
                trained.getTopic(),
                trained.getPartition(),
                trained.getFirstOffset(),
                versions.get(2).getWindow().getNextOffset()),
            new OffsetRange("orders-examples.accepted", 0, 64L, 192L));
    AdapterState state = state(worker, "news");
    assertThat(state.getCurrentVersion()).isEqualTo(1);
    assertThat(state.getArtifactUri()).isEqualTo(first.getArtifact().getUri());
    assertThat(state.getLastVersion()).isEqualTo(4);
    assertThat(state.getQuarantined()).isEqualTo(back.getQuarantined());
    assertThat(worker.read(worker.topics.commands()))
        .filteredOn(order -> order.getCommand() == Command.ERASE)
        .extracting(AdapterCommand::getArgument)
        .containsExactly("accepted:0:64-192");
  }

  /** Half of them replay what version 2 was trained on, the others what version 1 was. */
  private static void assertReplaysAreRefused(RoleFixture worker) throws IOException {
    List<WeightedExample> replays = new ArrayList<>();
    for (WeightedExample example : examples("news", 32, WINDOW)) {
      replays.add(
          WeightedExample.newBuilder(example)
              .setReplayOf(new RecordOrigin("orders-examples.scored", 0, 7L))
              .build());
    }
    worker.send(worker.topics.training(), "news", replays);
    until(() -> versions(worker, "news").size() == 6);
    assertThat(worker.read(worker.topics.rejected()))
        .hasSize(32)
        .extracting(Rejection::getReason)
        .containsOnly("ROLLED_BACK");
    assertThat(versions(worker, "news").get(5).getCounts().getRejected()).isEqualTo(32);
  }

  private static void send(RoleFixture worker, String adapter, int from) throws IOException {
    worker.send(worker.topics.training(), adapter, examples(adapter, from, WINDOW));
  }

  /** Each has its own place in examples.accepted. */
  private static List<WeightedExample> examples(String adapter, int from, int count)
      throws IOException {
    List<WeightedExample> examples = NewsExamples.weighted(adapter, from, count);
    List<WeightedExample> placed = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ScoredExample scored = examples.get(i).getScored();
      RecordOrigin origin = new RecordOrigin("orders-examples.accepted", 0, (long) from + i);
      placed.add(
          WeightedExample.newBuilder(examples.get(i))
              .setScored(ScoredExample.newBuilder(scored).setOrigin(origin).build())
              .build());
    }
    return placed;
  }

  private static void order(
      RoleFixture worker, String id, Command command, @Nullable Long version) {
    worker.send(
        worker.topics.commands(),
        "news",
        List.of(
            AdapterCommand.newBuilder()
                .setId(id)
                .setAdapter("news")
                .setCommand(command)
                .setVersion(version)
                .setIssuedBy("test")
                .setIssuedAt(Instant.EPOCH)
                .setReason("a test")
                .build()));
  }

  private static List<AdapterVersion> versions(RoleFixture worker, String adapter) {
    return worker.read(worker.topics.versions()).stream()
        .filter(version -> version.getAdapter().equals(adapter))
        .toList();
  }

  private static AdapterState state(RoleFixture worker, String adapter) {
    return worker.read(worker.topics.adapters()).stream()
        .filter(state -> state.getAdapter().equals(adapter))
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  private static String answer(RoleFixture worker) {
    return Objects.requireNonNull(state(worker, "news").getLastOrder()).getId();
  }

  private static void until(Callable<Boolean> condition) {
    await().atMost(Duration.ofMinutes(2)).until(condition);
  }
}
