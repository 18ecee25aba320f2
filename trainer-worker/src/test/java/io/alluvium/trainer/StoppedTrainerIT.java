package io.alluvium.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alluvium.schemas.AdapterVersion;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import io.alluvium.trainer.train.TrainRoleIT;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalStackExtension.class)
class StoppedTrainerIT {
  private static final int RECORDS = 512;
  private static final double SWEPT_AFTER_SECONDS = 6;
  private static final Pattern SPORT_WAITS =
      Pattern.compile("alluvium_adapter_waiting_age_seconds\\{adapter=\"sport\".*\\} (\\S+)");
  private static final String LONG_ROUNDS =
      """
      window: { examples: 512, age: PT30S }
      finetune: { batchSize: 4, learningRate: 1.0e-3, epochs: 20, anchors: { generate: 32, maxTokens: 48, perBatch: 4 } }
      gate: { heldOutShare: 0.05, minHeldOut: 5 }
      """;

  /** A round that is given up belongs to nobody: its records must not count as settled. */
  @Test
  void whatARoundHadInHandsWhenTheWorkerWasStoppedIsTrainedOnByTheNext(LocalStack stack)
      throws Exception {
    RoleFixture worker = new RoleFixture(stack, "stopped-");
    worker.send(worker.topics.training(), "news", NewsExamples.weighted("news", 0, RECORDS));
    worker.start("train", LONG_ROUNDS);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> worker.logged(worker.name("train"), RoleFixture.ROUND) > 0);
    worker.send(worker.topics.training(), "sport", NewsExamples.weighted("sport", 1000, 1));
    // By the worker's own clock it is time by then to commit what no round commits.
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> oldestWaitsSeconds(worker) > SWEPT_AFTER_SECONDS);
    stack.stop(worker.name("train"));
    assertThat(worker.logged(worker.name("train"), "was given up"))
        .as("rounds that were under way")
        .isEqualTo(1);

    worker.start("train", TrainRoleIT.QUICK);
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> assertThat(Chains.examples(versions(worker))).isEqualTo(RECORDS));
    List<AdapterVersion> versions = versions(worker);
    assertThat(versions).extracting(AdapterVersion::getAdapter).containsOnly("news");
    Chains.assertGapless(versions);
    Chains.assertOffsetsAgree(worker, versions);
  }

  /** Of the one record that no round takes. */
  private static double oldestWaitsSeconds(RoleFixture worker) throws IOException {
    Matcher age = SPORT_WAITS.matcher(worker.metrics("train"));
    return age.find() ? Double.parseDouble(age.group(1)) : 0;
  }

  private static List<AdapterVersion> versions(RoleFixture worker) {
    return worker.read(worker.topics.versions());
  }
}
