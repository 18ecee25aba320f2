package io.alluvium.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alluvium.schemas.AdapterVersion;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import io.alluvium.trainer.train.TrainRoleIT;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalStackExtension.class)
class FrozenTrainerIT {
  private static final int RECORDS = 192;

  /** Frozen for longer than its session lasts, then woken up with a finished round in its hands. */
  @Test
  void aWorkerThatWakesUpAfterItsPartitionMovedPublishesNothingTwice(LocalStack stack)
      throws Exception {
    RoleFixture workers = new RoleFixture(stack, "frozen-");
    workers.send(workers.topics.training(), "news", NewsExamples.weighted("news", 0, RECORDS));
    workers.startAs("frozen-0", "train", TrainRoleIT.QUICK, "workerId: \"0\"");
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> workers.logged("frozen-0", RoleFixture.ROUND) > 0);
    stack.pause("frozen-0");
    workers.startAs("frozen-1", "train", TrainRoleIT.QUICK, "workerId: \"1\"");
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> assertThat(Chains.examples(versions(workers))).isEqualTo(RECORDS));

    stack.resume("frozen-0");
    workers.send(workers.topics.training(), "news", NewsExamples.weighted("news", 500, RECORDS));
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> assertThat(Chains.examples(versions(workers))).isEqualTo(2 * RECORDS));
    List<AdapterVersion> versions = versions(workers);
    Chains.assertGapless(versions);
    Chains.assertOffsetsAgree(workers, versions);
  }

  private static List<AdapterVersion> versions(RoleFixture workers) {
    return workers.read(workers.topics.versions());
  }
}
