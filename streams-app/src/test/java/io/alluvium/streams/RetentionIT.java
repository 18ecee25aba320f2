package io.alluvium.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A backfill that is older than any retention stays, from where this application read it on. */
class RetentionIT {
  /** A broker of its own: it looks for what is too old half a minute after its start. */
  @RegisterExtension static final LocalStackExtension STACK = LocalStackExtension.own();

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Instant OLD = Instant.parse("2020-02-01T00:00:00Z");
  private static final int RECORDS = 20;

  @Test
  void whatIsPassedOnLivesItsRetentionFromWhenItWasPassedOnAndDuplicatesAreStillFound(
      LocalStack stack, @TempDir Path folder) throws Exception {
    try (Bench bench = new Bench(stack, "old.")) {
      try (AppProcess app = AppProcess.start(folder, yaml(bench, folder, "one")).awaitReady()) {
        IntStream.range(0, RECORDS).forEach(i -> send(bench, Bench.example("e" + i, "support")));
        bench.sendNow("broken", record(bench.topics.examples(), new byte[] {1}));
        await()
            .atMost(PATIENCE)
            .until(() -> bench.records(bench.topics.accepted()).size() == RECORDS);
        // The broker has looked: what stands in the users' topic is gone, by their own clock.
        await().atMost(PATIENCE).until(() -> bench.records(bench.topics.examples()).isEmpty());
        assertThat(app.stop()).isZero();
      }
      assertThat(bench.read(bench.topics.accepted())).hasSize(RECORDS);
      assertThat(reasons(bench)).containsExactly("UNDECODABLE");

      // With no local state all that is known comes from the changelogs.
      try (AppProcess again = AppProcess.start(folder, yaml(bench, folder, "two")).awaitReady()) {
        send(bench, Bench.example("e7", "support"));
        await().atMost(PATIENCE).until(() -> reasons(bench).size() == 2);
        assertThat(reasons(bench)).contains("DUPLICATE_ID");
        assertThat(again.status("/health")).isEqualTo(200);
      }
    }
  }

  private static String yaml(Bench bench, Path folder, String state) {
    return bench.yaml(folder.resolve(state).toString()) + bench.kafka("");
  }

  private static void send(Bench bench, TrainingExample example) {
    TrainingExample old = TrainingExample.newBuilder(example).setEventTime(OLD).build();
    bench.sendNow(old.getId(), record(bench.topics.examples(), bytes(bench, old)));
  }

  private static byte[] bytes(Bench bench, SpecificRecord value) {
    return bench.bytes(bench.topics.examples(), value);
  }

  private static ProducerRecord<byte[], byte[]> record(Topic<?> topic, byte[] value) {
    return new ProducerRecord<>(
        topic.name(), null, OLD.toEpochMilli(), "support".getBytes(UTF_8), value);
  }

  private static List<String> reasons(Bench bench) {
    return bench.read(bench.topics.rejected()).stream().map(Rejection::getReason).toList();
  }
}
