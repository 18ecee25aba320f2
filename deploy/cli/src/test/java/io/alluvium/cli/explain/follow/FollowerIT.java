package io.alluvium.cli.explain.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.cli.Cli;
import io.alluvium.cli.OnStack;
import io.alluvium.cli.TestRecords;
import io.alluvium.cli.connect.ClientSettings;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.topic.Keyed;
import io.alluvium.cli.explain.index.ExplainIndex;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.setup.TopicSetup;
import io.alluvium.schemas.topic.Topics;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The index follows real topics, and notices one that was made anew. */
@ExtendWith(LocalStackExtension.class)
class FollowerIT {
  private static final Topics TOPICS = new Topics("explain-", 2);

  @TempDir private Path folder = Path.of("");

  private final LocalStack stack;
  private final OnStack commands;
  private final Cluster cluster;

  FollowerIT(LocalStack stack, @TempDir Path data) {
    this.stack = stack;
    this.commands = new OnStack(stack, TOPICS, data);
    this.cluster =
        new Cluster(
            new ClientSettings(
                Map.of(
                    ClientSettings.BOOTSTRAP, stack.bootstrapServers(),
                    ClientSettings.REGISTRY, stack.registryUrl(),
                    ClientSettings.TOPIC_PREFIX, TOPICS.prefix())));
  }

  private void send(int first, int next) {
    cluster.write(
        TOPICS.examples(),
        IntStream.range(first, next)
            .mapToObj(n -> TestRecords.weighted("q-" + n, Instant.EPOCH).getScored().getExample())
            .map(example -> new Keyed<TrainingExample>(TestRecords.ADAPTER, example))
            .toList());
  }

  private long catchUp() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    try (ExplainIndex index = ExplainIndex.open(folder, TOPICS.versions().name())) {
      return new Follower(cluster, index, new Terminal(nowhere, nowhere, false)).catchUp();
    }
  }

  private Cli.Result explain(String id) {
    return commands.run("explain", "record", id, "--index", folder.toString(), "--format", "json");
  }

  @Test
  void everyRecordIsReadOnceAndATopicMadeAnewFromItsBeginning() throws Exception {
    send(0, 10);
    assertThat(catchUp()).isEqualTo(10);
    assertThat(catchUp()).isZero();
    send(10, 13);
    assertThat(catchUp()).isEqualTo(3);
    assertThat(explain("q-0").json().get(0).get("standing").asText())
        .isEqualTo("WAITS_FOR_ADMISSION");
    Cli.Result unknown = explain("q-13");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.errLines())
        .singleElement()
        .asString()
        .startsWith("no record \"q-13\" in explain-examples (since ")
        .endsWith("check the id, or --topic-prefix");

    makeAnew();
    send(20, 21);
    assertThat(catchUp()).isEqualTo(1);
    assertThat(explain("q-20").code()).isZero();
    assertThat(explain("q-0").code()).as("its topic is gone").isEqualTo(1);
  }

  private void makeAnew() throws Exception {
    String name = TOPICS.examples().name();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
      admin.deleteTopics(List.of(name)).all().get();
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> !admin.listTopics().names().get().contains(name));
      TopicSetup.ensure(admin, TOPICS.all());
    }
  }
}
