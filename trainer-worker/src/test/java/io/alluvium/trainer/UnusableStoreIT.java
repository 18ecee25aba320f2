package io.alluvium.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alluvium.schemas.AdapterVersion;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import io.alluvium.trainer.train.TrainRoleIT;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A store that takes nothing more while a round runs, as a full disk does. */
@ExtendWith(LocalStackExtension.class)
class UnusableStoreIT {
  private static final int RECORDS = 64;

  @Test
  void isOneLineAndCostsNoRecord(LocalStack stack) throws Exception {
    RoleFixture worker = new RoleFixture(stack, "full-");
    String name = worker.name("train");
    worker.start("train", TrainRoleIT.QUICK);
    Path staging = worker.folder.resolve("artifacts").resolve(".staging");
    Path aside = worker.folder.resolve("aside");
    Files.move(staging, aside);
    Files.createFile(staging);
    worker.send(worker.topics.training(), "news", NewsExamples.weighted("news", 0, RECORDS));
    await().atMost(Duration.ofMinutes(1)).until(() -> stack.living(name).isEmpty());
    assertThat(worker.logged(name, "store.uri file:///")).isEqualTo(1);
    assertThat(worker.logged(name, "cannot be used (")).isEqualTo(1);
    assertThat(worker.logged(name, "no record is lost, start the worker again")).isEqualTo(1);
    assertThat(worker.logged(name, "unexpected failure")).isZero();
    assertThat(worker.logged(name, "\tat ")).as("lines of a trace").isZero();

    Files.delete(staging);
    Files.move(aside, staging);
    worker.start("train", TrainRoleIT.QUICK);
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> assertThat(Chains.examples(versions(worker))).isEqualTo(RECORDS));
    Chains.assertGapless(versions(worker));
    Chains.assertOffsetsAgree(worker, versions(worker));
    try (Stream<Path> below = Files.walk(staging)) {
      assertThat(below.filter(path -> path.getFileName().toString().startsWith("artifact-")))
          .isEmpty();
    }
  }

  private static List<AdapterVersion> versions(RoleFixture worker) {
    return worker.read(worker.topics.versions());
  }
}
