package io.alluvium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.cli.connect.ClientSettings;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.TopicReader;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Outcome;
import io.alluvium.schemas.TopicSetup;
import io.alluvium.schemas.Topics;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import io.alluvium.stack.junit.Requirement;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
  private static final String PYTHON = "/usr/bin/python3";
  private static final String COMMITTED = "readers-it@1 RELEASED file:///artifacts/1";
  private static final String ABORTED = "readers-it@2";

  private final LocalStack stack;
  private final Path folder;

  ReadersIT(LocalStack stack, @TempDir Path folder) {
    this.stack = stack;
    this.folder = folder;
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
    String code = code("java");
    assertThat(java(code)).contains(COMMITTED).doesNotContain(ABORTED);
    assertThat(java(code.replace("read_committed", "read_uncommitted"))).contains(ABORTED);
  }

  private String java(String code) throws IOException, InterruptedException {
    Path source = Files.writeString(folder.resolve("Events.java"), code);
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return run(
        java.toString(),
        "-cp",
        System.getProperty("java.class.path"),
        source.toString(),
        stack.bootstrapServers(),
        stack.registryUrl());
  }

  @Test
  void pythonReaderSeesWhatIsCommitted() throws Exception {
    needsPython("confluent_kafka", "python3-confluent-kafka");
    needsPython("avro", "python3-avro");
    Path source = Files.writeString(folder.resolve("events.py"), code("python"));
    String said = run(PYTHON, source.toString(), stack.bootstrapServers(), stack.registryUrl());
    assertThat(said).contains(COMMITTED).doesNotContain(ABORTED);
  }

  private void needsPython(String module, String debianPackage) throws Exception {
    boolean there =
        Files.isExecutable(Path.of(PYTHON))
            && start(PYTHON, "-c", "import " + module).waitFor() == 0;
    Requirement.require(
        there, "Python module " + module + " is missing; apt-get install " + debianPackage);
  }

  @Test
  void kcatSeesWhatIsCommitted() throws Exception {
    Requirement.program("kcat", "kcat");
    String said = run("bash", "-c", code("sh"));
    assertThat(said.lines().filter(line -> line.startsWith("readers-it offset ")))
        .hasSize(committed());
  }

  private int committed() {
    try (TopicReader<AdapterVersion> reader = cluster().read(cluster().topics().versions())) {
      return (int) reader.rest().stream().filter(e -> e.key().equals("readers-it")).count();
    }
  }

  private static String code(String language) {
    List<Guide.Block> blocks =
        Guide.blocks(PAGE).stream().filter(block -> block.language().equals(language)).toList();
    assertThat(blocks).hasSize(1);
    return blocks.get(0).code();
  }

  private String run(String... command) throws IOException, InterruptedException {
    Process process = start(command);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(Arrays.toString(command)).isTrue();
    String said = Files.readString(output().toPath());
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  private Process start(String... command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output());
    builder.environment().put("BROKERS", stack.bootstrapServers());
    builder.environment().put("REGISTRY", stack.registryUrl());
    return builder.start();
  }

  private File output() {
    return folder.resolve("output").toFile();
  }
}
