package io.alluvium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.cli.connect.ClientSettings;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.topic.TopicReader;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.setup.RegistrySetup;
import io.alluvium.schemas.setup.TopicSetup;
import io.alluvium.schemas.topic.Topics;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The programs of deploy/guide/produce.md as they stand there: their examples can be read. */
@ExtendWith(LocalStackExtension.class)
class ProducersIT {
  private static final int PARTITIONS = 2;
  private static final Topics TOPICS = new Topics("", PARTITIONS);
  private static final Path PAGE = Guide.HOME.resolve("deploy/guide/produce.md");

  private final LocalStack stack;
  private final PageProgram program;

  ProducersIT(LocalStack stack, @TempDir Path folder) {
    this.stack = stack;
    program = new PageProgram(PAGE, stack, folder);
  }

  /** As the applications do when they start. */
  @BeforeEach
  void makeTopicsAndSubjects() {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
      TopicSetup.ensure(admin, TOPICS.all());
    }
    new RegistrySetup(Map.of("schema.registry.url", stack.registryUrl()), Duration.ofSeconds(30))
        .ensure(TOPICS.all());
  }

  @Test
  void javaProducerSendsAnExample() throws Exception {
    program.java("Produce.java");
    assertThat(sent("docs-java").value().getMessages()).hasSize(2);
  }

  @Test
  void pythonProducerSendsAnExample() throws Exception {
    PageProgram.needsPython("confluent_kafka", "python3-confluent-kafka");
    PageProgram.needsPython("avro", "python3-avro");
    program.python("produce.py");
    assertThat(sent("docs-python").value().getCompletion()).isEqualTo(" reset the lumo");
  }

  /** The example of a source; on the partition where Kafka's own clients would put its key. */
  private TopicReader.Entry<TrainingExample> sent(String source) {
    Cluster cluster =
        new Cluster(
            new ClientSettings(
                Map.of(
                    ClientSettings.BOOTSTRAP, stack.bootstrapServers(),
                    ClientSettings.REGISTRY, stack.registryUrl())));
    try (TopicReader<TrainingExample> reader = cluster.read(TOPICS.examples())) {
      TopicReader.Entry<TrainingExample> found =
          reader.rest().stream()
              .filter(entry -> source.equals(entry.value().getSource()))
              .findFirst()
              .orElseThrow();
      int partition = Utils.toPositive(Utils.murmur2(Utils.utf8(found.key()))) % PARTITIONS;
      assertThat(found.partition()).isEqualTo(partition);
      return found;
    }
  }
}
