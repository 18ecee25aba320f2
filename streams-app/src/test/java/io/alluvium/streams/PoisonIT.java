package io.alluvium.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.Command;
import io.alluvium.schemas.Policy;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.SuiteItem;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import io.alluvium.stack.junit.Poison;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Poison of every kind in every topic that is read: each has its fate, and the stream goes on. */
@ExtendWith(LocalStackExtension.class)
class PoisonIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String ADAPTER = "support";

  @Test
  void nothingThatARecordHoldsStopsTheApplicationNowOrAtTheNextStart(
      LocalStack stack, @TempDir Path folder) throws Exception {
    try (Bench bench = new Bench(stack, "poison.")) {
      String yaml = bench.yaml(folder + "/state") + bench.kafka("");
      try (AppProcess app = AppProcess.start(folder, yaml).awaitReady()) {
        int bad = poisonExamples(bench, stack) + poisonTables(bench, stack);
        await()
            .atMost(PATIENCE)
            .failFast(() -> assertThat(app.status("/health")).as(app.log()).isEqualTo(200))
            .untilAsserted(() -> assertThat(rejections(bench)).hasSize(bad));
        assertGoesOn(bench, app, "first");
        assertThat(reasons(bench)).containsKeys("UNDECODABLE", "UNKNOWN_SCHEMA", "WRONG_TYPE");
        assertThat(reasons(bench)).containsKeys("NO_VALUE", "NO_KEY", "KEY_NOT_ADAPTER");
        assertThat(reasons(bench)).containsKeys("TOO_LARGE");
        assertThat(app.stop()).isZero();
      }
      // The tables are read whole at each start.
      try (AppProcess again = AppProcess.start(folder, yaml).awaitReady()) {
        assertGoesOn(bench, again, "second");
      }
    }
  }

  private static int poisonExamples(Bench bench, LocalStack stack) {
    int sent = 0;
    for (Topic<TrainingExample> topic : List.of(bench.topics.examples(), bench.topics.anchors())) {
      Poison.Good good = good(bench, topic, Bench.example("spoiled", ADAPTER));
      sent += send(bench, Poison.unreadable(stack, topic.name(), good));
      sent += send(bench, Poison.misplaced(topic.name(), good));
    }
    Poison.Good scored =
        good(bench, bench.topics.scored(), Bench.scored(Bench.example("spoiled", ADAPTER), 1.0));
    sent += send(bench, Poison.unreadable(stack, bench.topics.scored().name(), scored));
    return sent + send(bench, Poison.misplaced(bench.topics.scored().name(), scored));
  }

  /** What is wrong in tables is named in the log. */
  private static int poisonTables(Bench bench, LocalStack stack) {
    Map<Topic<?>, SpecificRecord> tables = new HashMap<>();
    Instant now = Instant.now();
    tables.put(
        bench.topics.policies(),
        Policy.newBuilder()
            .setAdapter(ADAPTER)
            .setVersion(1)
            .setCreatedAt(now)
            .setAuthor("test")
            .setEffectiveFrom(now.plusSeconds(3600))
            .setDocument("replay: {examples: 30000}")
            .build());
    tables.put(
        bench.topics.commands(),
        AdapterCommand.newBuilder()
            .setId("c1")
            .setAdapter(ADAPTER)
            .setCommand(Command.ERASE)
            .setArgument("subject:nobody")
            .setIssuedBy("test")
            .setIssuedAt(now)
            .build());
    tables.put(
        bench.topics.suites(),
        SuiteItem.newBuilder()
            .setSuite("s")
            .setItem("1")
            .setWords(8)
            .setGrams(List.of(1L, 2L))
            .setEffectiveFrom(now)
            .build());
    tables.forEach(
        (topic, value) -> {
          Poison.Good good = good(bench, topic, value);
          send(bench, Poison.unreadable(stack, topic.name(), good));
          Map<String, ProducerRecord<byte[], byte[]>> misplaced =
              Poison.misplaced(topic.name(), good);
          if (topic.equals(bench.topics.suites())) {
            misplaced.remove("no key");
          }
          send(bench, misplaced);
        });
    return 0;
  }

  private static Poison.Good good(Bench bench, Topic<?> topic, SpecificRecord value) {
    return new Poison.Good(ADAPTER.getBytes(UTF_8), bench.bytes(topic, value));
  }

  private static int send(Bench bench, Map<String, ProducerRecord<byte[], byte[]>> records) {
    records.forEach(bench::sendNow);
    return records.size();
  }

  private static void assertGoesOn(Bench bench, AppProcess app, String id) {
    TrainingExample example = Bench.example(id, ADAPTER);
    bench.send(example);
    bench.sendScored(List.of(Bench.scored(example, 1.0)));
    await()
        .atMost(PATIENCE)
        .failFast(() -> assertThat(app.status("/health")).as(app.log()).isEqualTo(200))
        .untilAsserted(
            () -> {
              assertThat(bench.read(bench.topics.accepted()))
                  .anyMatch(each -> each.getId().equals(id));
              assertThat(bench.read(bench.topics.training()))
                  .anyMatch(each -> each.getScored().getExample().getId().equals(id));
            });
  }

  private static List<Rejection> rejections(Bench bench) {
    return bench.read(bench.topics.rejected());
  }

  private static Map<String, Long> reasons(Bench bench) {
    return rejections(bench).stream()
        .collect(Collectors.groupingBy(Rejection::getReason, Collectors.counting()));
  }
}
