package io.alluvium.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.setup.TopicSetup;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import io.alluvium.trainer.train.TrainRoleIT;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalStackExtension.class)
class FailedCommitIT {
  private static final int WINDOW = 64;

  /**
   * A topic is missing when the round is to be published, and there again later. Meanwhile nothing
   * may say that the group is beyond the window: it is in no event yet.
   */
  @Test
  void aWindowWhoseCommitCameToNothingIsTrainedOnAgain(LocalStack stack) throws Exception {
    RoleFixture worker = new RoleFixture(stack, "failed-");
    worker.clients = "max.block.ms: 6000";
    worker.start("train", TrainRoleIT.QUICK);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
      admin.deleteTopics(List.of(worker.topics.reports().name())).all().get();
      worker.send(worker.topics.training(), "news", NewsExamples.weighted("news", 0, WINDOW));
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> worker.logged(worker.name("train"), "nothing committed") > 1);
      TopicSetup.ensure(admin, worker.topics.all());
    }
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> assertThat(Chains.examples(versions(worker))).isEqualTo(WINDOW));
    List<AdapterVersion> versions = versions(worker);
    Chains.assertGapless(versions);
    Chains.assertOffsetsAgree(worker, versions);
  }

  private static List<AdapterVersion> versions(RoleFixture worker) {
    return worker.read(worker.topics.versions());
  }
}
