package io.alluvium.streams.rehearse;

import io.alluvium.schemas.Policy;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.registry.AvroSerdes;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.streams.ExampleTopology;
import io.alluvium.streams.config.StreamsAppConfig;
import io.alluvium.streams.policy.PolicyBook;
import io.alluvium.streams.run.StreamsSettings;
import io.alluvium.streams.stage.Stage;
import io.alluvium.streams.watch.Watch;
import io.alluvium.streams.wire.Wire;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The topology on Kafka's own test driver, with empty stores, one partition of each topic, and
 * Confluent's in-memory registry. Nothing outside is read or written.
 */
public final class Rehearsal implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final AvroSerdes serdes;
  private final Serializer<SpecificRecord> serializer;
  private final TopologyTestDriver driver;
  private final List<Exit<?>> exits;

  /**
   * Sets up.
   *
   * @param config the application's; addresses in it are not used
   * @param policies in force from the beginning, whatever their own moment
   * @param stateDir an empty folder for the stores
   */
  public Rehearsal(StreamsAppConfig config, List<Policy> policies, Path stateDir) {
    Map<String, String> registry =
        Map.of("schema.registry.url", "mock://rehearsal-" + UUID.randomUUID());
    this.serdes = new AvroSerdes(registry);
    this.serializer = serdes.serializer();
    PolicyBook book = new PolicyBook(config.policies());
    policies.forEach(policy -> book.take(fromTheBeginning(policy)));
    Stage stages = new Stage("", "rehearsal", new Watch(new SimpleMeterRegistry(), 0), book);
    StreamsConfig settings =
        StreamsSettings.of(config.applicationId(), stateDir, Map.of("bootstrap.servers", "none:1"));
    this.driver =
        new TopologyTestDriver(
            new ExampleTopology(config, new Wire(registry, PATIENCE), stages).build(settings),
            properties(settings),
            Instant.now());
    this.exits =
        config.allTopics().stream().<Exit<?>>map(topic -> new Exit<>(topic, serdes)).toList();
  }

  private static Properties properties(StreamsConfig settings) {
    Properties properties = new Properties();
    settings.originals().forEach(properties::put);
    return properties;
  }

  private static Policy fromTheBeginning(Policy policy) {
    return Policy.newBuilder(policy)
        .setEffectiveFrom(Instant.EPOCH)
        .setCreatedAt(Instant.EPOCH)
        .build();
  }

  /** Gives a record to the topology and tells what became of it. */
  public RehearsalResult play(RehearsalInput input) {
    byte[] value = serializer.serialize(input.topic(), input.value());
    input(input.topic())
        .pipeInput(
            new TestRecord<>(input.key().getBytes(StandardCharsets.UTF_8), value, input.time()));
    List<RehearsalResult.Written> written = new ArrayList<>();
    Set<String> produced = driver.producedTopicNames();
    exits.stream()
        .filter(exit -> produced.contains(exit.topic.name()))
        .forEach(exit -> exit.drain(driver, written));
    return new RehearsalResult(written);
  }

  private TestInputTopic<byte[], byte[]> input(String topic) {
    return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public void close() {
    driver.close();
    serializer.close();
  }

  /** One topic at the end of the topology. */
  private record Exit<V extends SpecificRecord>(Topic<V> topic, AvroSerdes serdes) {
    void drain(TopologyTestDriver driver, List<RehearsalResult.Written> written) {
      TestOutputTopic<byte[], byte[]> output =
          driver.createOutputTopic(
              topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
      try (var deserializer = serdes.deserializer(topic)) {
        output
            .readValuesToList()
            .forEach(value -> written.add(told(deserializer.deserialize(topic.name(), value))));
      }
    }

    private RehearsalResult.Written told(V value) {
      return value instanceof Rejection rejection
          ? new RehearsalResult.Written(topic.name(), rejection.getReason(), rejection.getDetail())
          : new RehearsalResult.Written(topic.name(), "", DecisionJson.of(value));
    }
  }
}
