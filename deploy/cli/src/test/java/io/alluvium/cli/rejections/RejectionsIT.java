package io.alluvium.cli.rejections;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alluvium.cli.Cli;
import io.alluvium.cli.OnStack;
import io.alluvium.cli.TestRecords;
import io.alluvium.cli.connect.ClientSettings;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.topic.Keyed;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.topic.Topics;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Refusals as they lie in the topic of a real broker, one of them in a transaction that failed. */
@ExtendWith(LocalStackExtension.class)
class RejectionsIT {
  private static final Topics TOPICS = new Topics("rejections-it.", 2);

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  private final LocalStack stack;
  private final OnStack alluvium;
  private final Cluster cluster;

  RejectionsIT(LocalStack stack, @TempDir Path data) {
    this.stack = stack;
    alluvium = new OnStack(stack, TOPICS, data);
    cluster =
        new Cluster(
            new ClientSettings(
                Map.of(
                    ClientSettings.BOOTSTRAP, stack.bootstrapServers(),
                    ClientSettings.REGISTRY, stack.registryUrl(),
                    ClientSettings.TOPIC_PREFIX, TOPICS.prefix())));
  }

  @Test
  void refusalsAreCountedListedAndShownWithTheirRecords() {
    assertThat(alluvium.run("rejections", "list").errLines())
        .containsExactly("nothing was refused");
    write();
    writeAborted();

    assertThat(alluvium.run("rejections", "list").out().lines())
        .hasSize(3)
        .anyMatch(line -> line.strip().startsWith("2  support") && line.contains("TOO_LONG"))
        .anyMatch(line -> line.strip().startsWith("1  (no adapter)"));
    List<JsonNode> counts =
        alluvium.run("rejections", "list", "--stage=train", "--format=json").json();
    assertThat(counts).hasSize(1);
    assertThat(counts.get(0).get("reason").asText()).isEqualTo("TOO_MANY_TOKENS");
    assertThat(counts.get(0).get("count").asLong()).isEqualTo(1);

    assertThat(alluvium.run("rejections", "list", "--lines").out().lines()).hasSize(4);
    assertThat(alluvium.run("rejections", "list", "--limit=1").out())
        .contains("examples-1@8", "(no adapter)");
    assertThat(alluvium.run("rejections", "list", "--since=PT1H").out().lines()).hasSize(2);
    assertThat(alluvium.run("rejections", "list", "--since=noon").code()).isEqualTo(2);

    Cli.Result shown = alluvium.run("rejections", "show", "a");
    assertThat(shown.out()).contains("TOO_LONG", "examples-0@5", "\"prompt\":\"what?\"");
    JsonNode raw =
        alluvium
            .run("rejections", "show", TOPICS.prefix() + "examples-1@8", "--format=json")
            .json()
            .get(0);
    assertThat(raw.get("record").asText()).isEqualTo("no avro");
    Cli.Result none = alluvium.run("rejections", "show", "nobody");
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err()).contains("no refusal of nobody");
  }

  private void write() {
    cluster.write(
        cluster.topics().rejected(),
        List.of(
            refusal("admit", "TOO_LONG", "a", 5),
            refusal("admit", "TOO_LONG", "b", 6),
            refusal("train", "TOO_MANY_TOKENS", "c", 7),
            new Keyed<>("", undecodable())));
  }

  private Keyed<Rejection> refusal(String stage, String reason, String id, long offset) {
    Rejection rejection =
        Rejection.newBuilder(TestRecords.rejection(stage, reason))
            .setExampleId(id)
            .setOrigin(new RecordOrigin(TOPICS.examples().name(), 0, offset))
            .setRejectedAt(offset == 5 ? now.minus(1, ChronoUnit.MINUTES) : Instant.EPOCH)
            .setValue(ByteBuffer.wrap(value(id)))
            .build();
    return new Keyed<>("support", rejection);
  }

  private byte[] value(String id) {
    try (Serializer<TrainingExample> serializer = cluster.serdes().serializer()) {
      return serializer.serialize(
          TOPICS.examples().name(),
          TrainingExample.newBuilder()
              .setId(id)
              .setAdapter("support")
              .setPrompt("what?")
              .setCompletion(" that")
              .setEventTime(now)
              .build());
    }
  }

  private Rejection undecodable() {
    return Rejection.newBuilder(TestRecords.rejection("admit", "UNDECODABLE"))
        .setAdapter(null)
        .setOrigin(new RecordOrigin(TOPICS.examples().name(), 1, 8L))
        .setRejectedAt(now)
        .setValue(ByteBuffer.wrap("no avro".getBytes(StandardCharsets.UTF_8)))
        .build();
  }

  /** What a reader with default settings would see, and nothing here may. */
  private void writeAborted() {
    Map<String, Object> config =
        Map.of("bootstrap.servers", stack.bootstrapServers(), "transactional.id", "rejections-it");
    try (KafkaProducer<String, byte[]> producer =
            new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
        Serializer<Rejection> serializer = cluster.serdes().serializer()) {
      producer.initTransactions();
      producer.beginTransaction();
      String topic = TOPICS.rejected().name();
      byte[] value = serializer.serialize(topic, TestRecords.rejection("admit", "ABORTED"));
      Future<RecordMetadata> unused = producer.send(new ProducerRecord<>(topic, "support", value));
      producer.flush();
      producer.abortTransaction();
    }
  }
}
