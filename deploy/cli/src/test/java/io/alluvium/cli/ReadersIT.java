package io.alluvium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.cli.connect.ClientSettings;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.topic.TopicReader;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Outcome;
import io.alluvium.schemas.setup.TopicSetup;
import io.alluvium.schemas.topic.Topics;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import io.alluvium.stack.junit.Requirement;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The programs of schemas/READERS.md as they stand there, over one committed and one aborted event.
 */
@ExtendWith(LocalStackExtension.class)
class ReadersIT {
  private static final Path PAGE = Guide.HOME.resolve("schemas/READERS.md");
  private static final String COMMITTED = "readers-it@1 RELEASED file:///artifacts/1";
  private static final String ABORTED = "readers-it@2";

  private final LocalStack stack;
  private final PageProgram program;

  ReadersIT(LocalStack stack, @TempDir Path folder) {
    this.stack = stack;
    program = new PageProgram(PAGE, stack, folder);
  }

  @BeforeEach
  void writeEvents() {
    Map<String, Object> config =
        Map.of("bootstrap.servers", stack.bootstrapServers(), "transactional.id", "readers-it");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
      TopicSetup.ensure(admin, new Topics("", 2).all());
    }
    try (KafkaProducer<String, byte[]> producer =
            new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
        Serializer<AdapterVersion> values = cluster().serdes().serializer()) {
      producer.initTransactions();
      producer.beginTransaction();
      send(producer, values, 1);
      producer.commitTransaction();
      producer.beginTransaction();
      send(producer, values, 2);
      producer.flush();
      producer.abortTransaction();
    }
  }

  private static void send(
      KafkaProducer<String, byte[]> producer, Serializer<AdapterVersion> values, long version) {
    AdapterVersion event =
        AdapterVersion.newBuilder(TestRecords.version(version, 0, 10, Outcome.RELEASED))
            .setAdapter("readers-it")
            .build();
    String topic = new Topics("", 2).versions().name();
    Future<RecordMetadata> unused =
        producer.send(new ProducerRecord<>(topic, "readers-it", values.serialize(topic, event)));
  }

  private Cluster cluster() {
    return new Cluster(
        new ClientSettings(
            Map.of(
                ClientSettings.BOOTSTRAP, stack.bootstrapServers(),
                ClientSettings.REGISTRY, stack.registryUrl())));
  }

  @Test
  void javaReaderSeesWhatIsCommittedAndWouldSeeMoreWithoutTheSetting() throws Exception {
    assertThat(program.java("Events.java")).contains(COMMITTED).doesNotContain(ABORTED);
    assertThat(
            program.java("Events.java", code -> code.replace("read_committed", "read_uncommitted")))
        .contains(ABORTED);
  }

  @Test
  void pythonReaderSeesWhatIsCommitted() throws Exception {
    PageProgram.needsPython("confluent_kafka", "python3-confluent-kafka");
    PageProgram.needsPython("avro", "python3-avro");
    assertThat(program.python("events.py")).contains(COMMITTED).doesNotContain(ABORTED);
  }

  @Test
  void kcatSeesWhatIsCommitted() throws Exception {
    Requirement.program("kcat", "kcat");
    String said = program.shell();
    assertThat(said.lines().filter(line -> line.startsWith("readers-it offset ")))
        .hasSize(committed());
  }

  private int committed() {
    try (TopicReader<AdapterVersion> reader = cluster().read(cluster().topics().versions())) {
      return (int) reader.rest().stream().filter(e -> e.key().equals("readers-it")).count();
    }
  }
}
