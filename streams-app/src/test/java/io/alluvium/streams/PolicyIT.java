package io.alluvium.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alluvium.schemas.Rejection;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A policy written while the application runs, and one that was there before it started. */
@ExtendWith(LocalStackExtension.class)
class PolicyIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @ParameterizedTest
  @ValueSource(strings = {"classic", "streams"})
  void aPolicyHoldsWhetherItCameBeforeTheStartOrAfter(
      String protocol, LocalStack stack, @TempDir Path folder) throws Exception {
    try (Bench bench = new Bench(stack, "policies." + protocol + ".")) {
      String yaml = bench.yaml(folder + "/state") + bench.kafka(", group.protocol: " + protocol);
      bench.createTopics();
      try (AppProcess app = AppProcess.start(folder, yaml).awaitReady()) {
        bench.send(
            Rig.policy("*", 1, Instant.now().minusSeconds(60), "admit: {maxCharacters: 10}"));
        await()
            .atMost(PATIENCE)
            .until(() -> app.metric("alluvium_policies_total{outcome=\"taken\"}") == 1);
        assertRefusedUnder(bench, 1);
        app.kill();
      }
      try (AppProcess app = AppProcess.start(folder, yaml).awaitReady()) {
        assertRefusedUnder(bench, 2);
        assertThat(app.stop()).isZero();
      }
    }
  }

  private static void assertRefusedUnder(Bench bench, int rejections) {
    bench.send(Bench.example("id" + rejections, "a"));
    bench.flush();
    await()
        .atMost(PATIENCE)
        .until(() -> bench.records(bench.topics.rejected()).size() == rejections);
    assertThat(bench.read(bench.topics.rejected()))
        .extracting(Rejection::getPolicyVersion)
        .containsOnly("*@1");
  }
}
