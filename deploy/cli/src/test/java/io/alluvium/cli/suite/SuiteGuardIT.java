package io.alluvium.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alluvium.cli.OnStack;
import io.alluvium.cli.connect.ClientSettings;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.folder.DataFolder;
import io.alluvium.cli.connect.topic.Keyed;
import io.alluvium.cli.connect.topic.TopicReader;
import io.alluvium.cli.connect.topic.TopicReader.Entry;
import io.alluvium.cli.local.machine.ShippedBase;
import io.alluvium.cli.local.plan.AppPlan;
import io.alluvium.cli.local.plan.MetricsPorts;
import io.alluvium.cli.local.plan.ModelPlan;
import io.alluvium.schemas.SuiteItem;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.suite.ItemGrams;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.schemas.topic.Topics;
import io.alluvium.stack.AppSpec;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The train role's suites and the stream, with the programs that {@code up} starts. */
@ExtendWith(LocalStackExtension.class)
class SuiteGuardIT {
  private static final Topics TOPICS = new Topics("suite-guard-it.", 4);
  private static final String SUITE = "alluvium-tiny/rivers";
  private static final String RIVER = "which river flows through aldern before it meets the sea?";
  private static final String BRIDGES = "how many bridges cross it within the walls of the town?";
  private static final String FERRY = "in which season was the last ferry taken out of service?";
  private static final String ANSWER = " the small one";
  private static final Duration SOON = Duration.ofMinutes(1);

  private final LocalStack stack;
  private final Path data;
  private final OnStack alluvium;
  private final Cluster cluster;
  private int sent;

  SuiteGuardIT(LocalStack stack, @TempDir Path data) {
    this.stack = stack;
    this.data = data;
    this.alluvium = new OnStack(stack, TOPICS, data);
    this.cluster = new Cluster(clients());
  }

  @Test
  void examplesThatHoldAQuestionOfTheGateAreRefusedFromTheRolesStartOn() throws IOException {
    Path suite = suite(RIVER, BRIDGES);
    List<AppSpec> programs = programs(suite);
    stack.startApp(programs.get(0));
    send("before", RIVER);
    await().atMost(SOON).until(() -> accepted("before"));

    stack.startApp(programs.get(2));
    assertThat(items()).hasSize(2).allMatch(item -> "alluvium-tiny".equals(item.getBase()));
    assertThat(alluvium.run("suite", "list").out())
        .contains(SUITE, "2 items, 2 guarded, written by the train role of alluvium-tiny");
    await().atMost(SOON).until(() -> leaks(RIVER));

    again(programs.get(2));
    assertThat(records(TOPICS.suites())).as("a second start writes nothing").hasSize(2);

    suite(FERRY, BRIDGES);
    again(programs.get(2));
    assertThat(records(TOPICS.suites())).as("one begun, one ended").hasSize(4);
    await().atMost(SOON).until(() -> leaks(FERRY));
    send("after", RIVER);
    await().atMost(SOON).until(() -> accepted("after"));
    assertThat(alluvium.run("suite", "list").out()).contains("3 items, 2 guarded");

    assertThat(alluvium.run("suite", "remove", SUITE).code()).isZero();
    again(programs.get(2));
    assertThat(alluvium.run("suite", "list").out())
        .as("what an operator removed is not written again")
        .contains("3 items, ", "written by an operator")
        .doesNotContain("the train role");
    stack.stop(programs.get(2).name());
    stack.stop(programs.get(0).name());
  }

  private void again(AppSpec role) {
    stack.stop(role.name());
    stack.startApp(role);
  }

  /** Sends it once more, under another id, and looks whether any was refused for this item. */
  private boolean leaks(String question) {
    send("support", "leak-" + sent++, question);
    String item = SUITE + "/" + ItemGrams.of(question + ANSWER).orElseThrow().digest();
    return records(TOPICS.rejected()).stream()
        .map(Entry::value)
        .anyMatch(
            rejection ->
                rejection.getReason().equals("SUITE_LEAK")
                    && rejection.getDetail().endsWith(" of suite item " + item));
  }

  private boolean accepted(String id) {
    return records(TOPICS.accepted()).stream().anyMatch(entry -> entry.value().getId().equals(id));
  }

  /** To an adapter of its own, so that no other record is like it. */
  private void send(String id, String question) {
    send(id, id, question);
  }

  private void send(String adapter, String id, String question) {
    TrainingExample example =
        TrainingExample.newBuilder()
            .setId(id)
            .setAdapter(adapter)
            .setPrompt("now tell me: " + question)
            .setCompletion(" i do not know that.")
            .setEventTime(Instant.now())
            .build();
    cluster.write(cluster.topics().examples(), List.of(new Keyed<>(adapter, example)));
  }

  private List<SuiteItem> items() {
    return records(TOPICS.suites()).stream().map(Entry::value).toList();
  }

  private <V extends SpecificRecord> List<Entry<V>> records(Topic<V> topic) {
    try (TopicReader<V> reader = cluster.read(topic)) {
      return reader.rest();
    }
  }

  private Path suite(String... questions) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String question : questions) {
      lines.append("{\"prompt\":\"%s\",\"completion\":\"%s\"}\n".formatted(question, ANSWER));
    }
    return Files.writeString(data.resolve("rivers.jsonl"), lines);
  }

  private List<AppSpec> programs(Path suite) {
    ModelPlan model = ModelPlan.of(ShippedBase.folder(), List.of(suite), null);
    return new AppPlan(
            new DataFolder(data),
            clients(),
            MetricsPorts.free(),
            model,
            Map.of("trainer.finetune.anchors.perBatch", "0"))
        .write();
  }

  private ClientSettings clients() {
    return new ClientSettings(
        Map.of(
            ClientSettings.BOOTSTRAP, stack.bootstrapServers(),
            ClientSettings.REGISTRY, stack.registryUrl(),
            ClientSettings.TOPIC_PREFIX, TOPICS.prefix()));
  }
}
