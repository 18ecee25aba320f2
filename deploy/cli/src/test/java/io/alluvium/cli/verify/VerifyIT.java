package io.alluvium.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alluvium.cli.Cli;
import io.alluvium.cli.RunningSystem;
import io.alluvium.cli.connect.topic.Keyed;
import io.alluvium.cli.local.plan.AppPlan;
import io.alluvium.schemas.AdapterVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the whole system leaves is clean, and what is forged afterwards is told. */
class VerifyIT {
  private static final int RECORDS = 300;
  private static final String ADAPTER = "support";

  @TempDir private Path folder = Path.of("");

  private final RunningSystem system =
      RunningSystem.up(
          "--set", "trainer.window.examples=100",
          "--set", "trainer.window.age=PT5S",
          "--set", "streams.lanes=[web]",
          "--set", "streams.route.lanes=[{lane: web, sources: [web]}]",
          // What is too little for a window does not wait for more.
          "--set", "trainer.window.longest.age=PT10S",
          // What matters here is that rounds end, not how well.
          "--set", "trainer.finetune.anchors.perBatch=8");

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void aCleanHistoryIsCleanAndAForgedOneIsNot() throws Exception {
    JsonNode produced = produce();
    assertThat(produced.get("unsettled").asLong()).as(produced.toString()).isZero();
    assertThat(produced.get("underWay").asLong()).as(produced.toString()).isZero();
    Awaitility.await().atMost(Duration.ofMinutes(4)).until(this::everythingIsInAWindow);
    system.stack().kill(AppPlan.TRAIN);
    Cli.Result clean = verify();
    assertThat(clean.code()).as(clean.err()).isZero();
    assertThat(clean.json().get(0).get("records").get("training").asInt()).isPositive();
    assertThat(clean.json().get(0).get("folders").asInt()).isPositive();

    OffsetAndMetadata right = moveOffsetBack();
    assertThat(verify().errLines()).anyMatch(line -> line.startsWith("offsets: the group stands"));
    commit(right);
    assertThat(verify().code()).isZero();

    Path file = anArtifactsFile();
    Files.write(file, new byte[] {1});
    assertThat(verify().errLines()).singleElement().asString().startsWith("artifact: support");

    forgeTheLastEventAgain();
    assertThat(verify().errLines())
        .anyMatch(line -> line.startsWith("double: support"))
        .anyMatch(line -> line.startsWith("gaps: support"));
  }

  /** Followed into the windows of the lane too. */
  private JsonNode produce() throws IOException {
    List<String> lines =
        IntStream.range(0, RECORDS)
            .mapToObj(
                n ->
                    "{\"id\":\"q-%d\",\"prompt\":\"what is the code of part %d?\",\"completion\":\" it is %d.\",\"source\":\"%s\"}"
                        .formatted(n, n * 7919, n * 104729, n % 3 == 0 ? "web" : "mail"))
            .toList();
    Path file = Files.write(folder.resolve("lines.jsonl"), lines);
    return system
        .run(
            "produce",
            "--adapter",
            ADAPTER,
            "--trained",
            "--timeout=PT4M",
            "--format=json",
            file.toString())
        .json()
        .get(0);
  }

  private Cli.Result verify() {
    return system.run("verify", "--format=json", "--store=" + system.data().resolve("artifacts"));
  }

  private boolean everythingIsInAWindow() {
    JsonNode found = verify().json().get(0);
    JsonNode records = found.get("records");
    long refused = records.path("examples.rejected").asLong();
    long lane = records.path("training.web").asLong();
    long training = lane + records.path("training").asLong();
    return records.path("examples").asLong() == RECORDS
        && lane > 0
        && training >= RECORDS - refused
        && found.get("inWindows").asLong() == training;
  }

  private OffsetAndMetadata moveOffsetBack() throws Exception {
    try (Admin admin = system.cluster().admin()) {
      OffsetAndMetadata committed =
          admin
              .listConsumerGroupOffsets("alluvium-train")
              .partitionsToOffsetAndMetadata()
              .get()
              .get(partition());
      OffsetAndMetadata right = Objects.requireNonNull(committed);
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .ignoreExceptions()
          .until(
              () -> {
                commit(new OffsetAndMetadata(right.offset() - 1, right.metadata()));
                return true;
              });
      return right;
    }
  }

  private void commit(OffsetAndMetadata offset) throws Exception {
    try (Admin admin = system.cluster().admin()) {
      admin.alterConsumerGroupOffsets("alluvium-train", Map.of(partition(), offset)).all().get();
    }
  }

  private TopicPartition partition() {
    AdapterVersion last = last();
    return new TopicPartition(last.getWindow().getTopic(), last.getWindow().getPartition());
  }

  private AdapterVersion last() {
    var events = system.all(system.cluster().topics().versions());
    return events.get(events.size() - 1).value();
  }

  private Path anArtifactsFile() throws IOException {
    String uri =
        system.all(system.cluster().topics().versions()).stream()
            .map(entry -> entry.value().getArtifact())
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow()
            .getUri();
    return Path.of(java.net.URI.create(uri)).resolve("adapter_config.json");
  }

  private void forgeTheLastEventAgain() {
    system
        .cluster()
        .write(system.cluster().topics().versions(), List.of(new Keyed<>(ADAPTER, last())));
  }
}
