package io.alluvium.trainer.train.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.schemas.registry.AvroSerdes;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import io.alluvium.trainer.RoleFixture;
import io.alluvium.trainer.claim.Sources;
import io.alluvium.trainer.gate.measure.SuiteTexts;
import io.alluvium.trainer.watch.TrainerMetrics;
import io.alluvium.trainer.worker.WorkerContext;
import io.alluvium.trainer.worker.config.ConfigFile;
import io.alluvium.trainer.worker.config.TrainerConfig;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A broker that is there and answers nothing. */
class FrozenBrokerIT {
  private static final Duration WITHIN = Duration.ofSeconds(2);
  private static final List<SuiteTexts> SUITES =
      List.of(
          new SuiteTexts(
              "walks", List.of("Where did it go on that day? Home.", "And then? To the sea.")));

  @RegisterExtension static final LocalStackExtension STACK = LocalStackExtension.own();

  @Test
  void isWaitedForSoLongAndNoLonger(LocalStack stack) throws IOException {
    RoleFixture worker = new RoleFixture(stack, "frozen-suites-");
    try (TrainerMetrics metrics = TrainerMetrics.ofRole("train")) {
      SuiteLog log = new SuiteLog(context(stack, worker, metrics), WITHIN);
      StreamGuard guard = new StreamGuard(log);
      guard.guard("first", SUITES);
      assertThat(worker.read(worker.topics.suites())).hasSize(2);

      SuiteChanges changes =
          SuiteChanges.between(
              Map.of(), GuardedSuites.of("second", SUITES), Clock.systemUTC().instant());
      stack.pause("broker");
      assertThatThrownBy(() -> log.write(changes))
          .isInstanceOf(TimeoutException.class)
          .hasMessageContaining("does not take all of it in PT2S");
      assertThatThrownBy(log::read).isInstanceOf(TimeoutException.class);
      guard.guard("second", SUITES);
      stack.resume("broker");

      guard.guard("second", SUITES);
      assertThat(log.read()).hasSize(4);
    }
  }

  private static WorkerContext context(
      LocalStack stack, RoleFixture worker, TrainerMetrics metrics) {
    TrainerConfig config =
        ConfigFile.parse(
            "frozen",
            """
            topicPrefix: "%s"
            kafka: { bootstrap.servers: "%s" }
            registry: { schema.registry.url: "%s" }
            base: { folder: /models/tiny }
            store: { uri: "file:///artifacts" }
            workDir: /work
            """
                .formatted(worker.topics.prefix(), stack.bootstrapServers(), stack.registryUrl()));
    return new WorkerContext(
        config,
        "train",
        worker.topics,
        Sources.of(worker.topics.training().name()),
        new AvroSerdes(config.registry()),
        metrics,
        Clock.systemUTC());
  }
}
