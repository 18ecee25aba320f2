package io.alluvium.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Rejection;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import io.alluvium.trainer.train.TrainRoleIT;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalStackExtension.class)
class KilledTrainerIT {
  private static final int RECORDS = 480;

  /** Two kills at different places of a round; afterwards nothing may tell that they happened. */
  @Test
  void killedInMidRoundTheChainStaysGaplessAndEveryRecordCountsOnce(LocalStack stack)
      throws Exception {
    RoleFixture worker = new RoleFixture(stack, "killed-");
    worker.send(worker.topics.training(), "news", NewsExamples.weighted("news", 0, RECORDS / 2));
    worker.send(
        worker.topics.training(), "sport", NewsExamples.weighted("sport", 1000, RECORDS / 2));
    worker.start("train", TrainRoleIT.QUICK);
    for (int kill = 1; kill <= 2; kill++) {
      int committed = kill - 1;
      await().atMost(Duration.ofSeconds(90)).until(() -> versions(worker).size() >= committed);
      long seen = worker.logged(worker.name("train"), RoleFixture.ROUND);
      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> worker.logged(worker.name("train"), RoleFixture.ROUND) > seen);
      stack.kill(worker.name("train"));
      stack.restart(worker.name("train"));
    }

    await()
        .atMost(Duration.ofMinutes(3))
        .untilAsserted(() -> assertThat(Chains.examples(versions(worker))).isEqualTo(RECORDS));
    List<AdapterVersion> versions = versions(worker);
    Chains.assertGapless(versions);
    Chains.assertOffsetsAgree(worker, versions);
    assertThat(worker.logged(worker.name("train"), RoleFixture.ROUND))
        .as("rounds begun; more than windows, or no kill hit a round")
        .isGreaterThan(versions.stream().map(AdapterVersion::getWindow).distinct().count());
    assertThat(worker.read(worker.topics.rejected())).extracting(Rejection::getReason).isEmpty();
  }

  private static List<AdapterVersion> versions(RoleFixture worker) {
    return worker.read(worker.topics.versions());
  }
}
