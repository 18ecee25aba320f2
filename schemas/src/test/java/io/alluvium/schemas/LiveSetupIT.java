package io.alluvium.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.schemas.record.SendLimit;
import io.alluvium.schemas.setup.RegistrySetup;
import io.alluvium.schemas.setup.SubjectRefusedException;
import io.alluvium.schemas.setup.TopicMismatchException;
import io.alluvium.schemas.setup.TopicSetup;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.schemas.topic.Topics;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Topics and subjects on a real broker and a real registry. */
@ExtendWith(LocalStackExtension.class)
class LiveSetupIT {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Test
  void everySubjectIsHeldToFullTransitiveAndTwiceIsTheSame(LocalStack stack) throws Exception {
    Topics topics = new Topics("setup.", 2);
    RegistrySetup setup = new RegistrySetup(settings(stack), PATIENCE);

    setup.ensure(topics.all());
    setup.ensure(topics.all());

    try (SchemaRegistryClient client = client(stack)) {
      for (Topic<?> topic : topics.all()) {
        assertThat(client.getCompatibility(topic.subject())).isEqualTo("FULL_TRANSITIVE");
        assertThat(client.getAllVersions(topic.subject())).hasSize(1);
      }
    }
  }

  @Test
  void programsThatStartTogetherDoNotStandInEachOthersWay(LocalStack stack) throws Exception {
    RegistrySetup setup = new RegistrySetup(settings(stack), PATIENCE);
    together(round -> setup.ensure(new Topics("together" + round + ".", 1).all()));
  }

  @Test
  void norDoTheyWhereTopicsAreMissing(LocalStack stack) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
      // Few, so that all find none of them.
      together(
          round -> TopicSetup.ensure(admin, List.of(new Topics("begun" + round + ".", 1).acks())));
    }
  }

  /** Eight at a time, in rounds. */
  private static void together(IntConsumer start) throws Exception {
    ExecutorService programs = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 5; round++) {
        int number = round;
        Callable<Void> one =
            () -> {
              start.accept(number);
              return null;
            };
        for (Future<Void> started : programs.invokeAll(Collections.nCopies(8, one))) {
          started.get();
        }
      }
    } finally {
      programs.shutdownNow();
    }
  }

  @Test
  void theRegistryRefusesASchemaThatBreaksReaders(LocalStack stack) throws Exception {
    Topic<ReplicaAck> topic = new Topics("refuse.", 1).acks();
    new RegistrySetup(settings(stack), PATIENCE).ensure(List.of(topic));

    try (SchemaRegistryClient client = client(stack)) {
      assertThatThrownBy(() -> client.register(topic.subject(), withRequiredField(topic)))
          .isInstanceOfSatisfying(
              RestClientException.class, refused -> assertThat(refused.getStatus()).isEqualTo(409));
    }
  }

  @Test
  void withoutAutoRegistrationAMissingSubjectIsNamed(LocalStack stack) {
    Map<String, String> settings =
        Map.of("schema.registry.url", stack.registryUrl(), "auto.register.schemas", "false");
    RegistrySetup setup = new RegistrySetup(settings, PATIENCE);

    assertThatThrownBy(() -> setup.ensure(new Topics("absent.", 1).all()))
        .isInstanceOf(SubjectRefusedException.class)
        .hasMessageContaining("absent.examples-value")
        .hasMessageContaining("schemas/history");
  }

  @Test
  void missingTopicsAreCreatedAndOthersChecked(LocalStack stack) throws Exception {
    Topics topics = new Topics("topics.", 3);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
      TopicSetup.ensure(admin, topics.all());
      TopicSetup.ensure(admin, topics.all());

      TopicDescription examples =
          admin.describeTopics(List.of("topics.examples")).allTopicNames().get().values().stream()
              .findFirst()
              .orElseThrow();
      assertThat(examples.partitions()).hasSize(3);
      assertThatThrownBy(() -> TopicSetup.ensure(admin, new Topics("topics.", 5).all()))
          .isInstanceOf(TopicMismatchException.class)
          .hasMessageContaining("has 3 partitions, configured are 5");
    }
  }

  @Test
  void recordsBehindExamplesAreStampedByTheLogAlsoWhereAnOlderBuildMadeTheTopic(LocalStack stack)
      throws Exception {
    Topics topics = new Topics("stamped.", 1);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
      NewTopic another = changelog("stamped.another-x-changelog");
      admin
          .createTopics(List.of(oldScored(topics), changelog("stamped.app-x-changelog"), another))
          .all()
          .get();
      TopicSetup.ensure(admin, topics.all());
      TopicSetup.mendChangelogs(admin, "stamped.app", SendLimit.KAFKA_DEFAULT);

      for (Topic<?> topic : topics.all()) {
        boolean isUsers = topic.name().matches("stamped[.](examples|anchors)");
        assertThat(setting(admin, topic.name(), "message.timestamp.type"))
            .as(topic.name())
            .isEqualTo(isUsers ? "CreateTime" : "LogAppendTime");
      }
      assertThat(setting(admin, "stamped.app-x-changelog", "message.timestamp.type"))
          .isEqualTo("LogAppendTime");
      assertThat(setting(admin, another.name(), "message.timestamp.type"))
          .as("another application's")
          .isEqualTo("CreateTime");
      assertThat(setting(admin, topics.scored().name(), "retention.ms"))
          .as("an operator's choice")
          .isEqualTo("3600000");
    }
  }

  @Test
  void aTopicThatTakesLessThanProducersSendIsRefusedInOneLine(LocalStack stack) throws Exception {
    Topics topics = new Topics("small.", 1);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
      TopicSetup.ensure(admin, topics.all());
      assertThatThrownBy(() -> TopicSetup.ensure(admin, topics.all(), new SendLimit(2_000_000)))
          .isInstanceOf(TopicMismatchException.class)
          .hasMessageContaining("max.message.bytes=1048588, below kafka.max.request.size=2000000");
      admin.createTopics(List.of(changelog("small.app-x-changelog"))).all().get();
      assertThatThrownBy(
              () -> TopicSetup.mendChangelogs(admin, "small.app", new SendLimit(2_000_000)))
          .isInstanceOf(TopicMismatchException.class)
          .hasMessageContaining("topic small.app-x-changelog has max.message.bytes=1048588");
    }
  }

  private static NewTopic oldScored(Topics topics) {
    return new NewTopic(topics.scored().name(), 1, (short) 1)
        .configs(Map.of("cleanup.policy", "delete", "retention.ms", "3600000"));
  }

  private static NewTopic changelog(String name) {
    return new NewTopic(name, 1, (short) 1).configs(Map.of("message.timestamp.type", "CreateTime"));
  }

  private static String setting(Admin admin, String topic, String key) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return admin.describeConfigs(List.of(resource)).all().get().values().stream()
        .map(config -> config.get(key).value())
        .findFirst()
        .orElseThrow();
  }

  private static AvroSchema withRequiredField(Topic<?> topic) {
    Schema today = SpecificData.get().getSchema(topic.valueType());
    String fields = "\"fields\":[";
    return new AvroSchema(
        today
            .toString()
            .replaceFirst(
                Pattern.quote(fields), "\"fields\":[{\"name\":\"added\",\"type\":\"string\"},"));
  }

  private static Map<String, String> settings(LocalStack stack) {
    return Map.of("schema.registry.url", stack.registryUrl());
  }

  private static SchemaRegistryClient client(LocalStack stack) {
    return new CachedSchemaRegistryClient(stack.registryUrl(), 100);
  }
}
