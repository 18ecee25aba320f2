package io.alluvium.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.schemas.setup.TopicSetup;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import io.alluvium.trainer.train.TrainRoleIT;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a lane's topic holds is learned, beside the main topic, into one line of versions. */
@ExtendWith(LocalStackExtension.class)
class LanesIT {
  @Test
  void recordsOfLanesEndInVersionsAlsoOfALaneThatCameLaterAndWithTwoWorkers(LocalStack stack)
      throws Exception {
    RoleFixture workers = new RoleFixture(stack, "lanes-");
    Topic<WeightedExample> early = lane(workers, "early");
    workers.startAs("lanes-0", "train", TrainRoleIT.QUICK, "workerId: \"0\"");
    workers.startAs("lanes-1", "train", TrainRoleIT.QUICK, "workerId: \"1\"");

    for (String adapter : List.of("news", "sport", "mail", "talk")) {
      workers.send(workers.topics.training(), adapter, NewsExamples.weighted(adapter, 0, 64));
      workers.send(early, adapter, NewsExamples.weighted(adapter, 64, 64));
    }
    await().atMost(Duration.ofMinutes(4)).until(() -> examples(workers) == 512);

    Topic<WeightedExample> late = lane(workers, "late");
    workers.send(late, "news", NewsExamples.weighted("news", 128, 64));
    await().atMost(Duration.ofMinutes(3)).until(() -> examples(workers) == 576);

    List<AdapterVersion> versions = workers.read(workers.topics.versions());
    Chains.assertGapless(versions);
    Chains.assertOffsetsAgree(workers, versions);
    assertThat(versions)
        .extracting(version -> version.getWindow().getTopic())
        .contains(workers.topics.training().name(), early.name(), late.name());
    assertThat(workers.read(workers.topics.rejected())).isEmpty();
  }

  private static Topic<WeightedExample> lane(RoleFixture workers, String name) {
    Topic<WeightedExample> lane = workers.topics.training(name);
    try (Admin admin = Admin.create(workers.kafka())) {
      TopicSetup.ensure(admin, List.of(lane));
    }
    return lane;
  }

  private static long examples(RoleFixture workers) {
    return Chains.examples(workers.read(workers.topics.versions()));
  }
}
