package io.alluvium.streams;

import io.alluvium.schemas.AvroSerdes;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.Topic;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.streams.fate.Stage;
import io.alluvium.streams.run.StreamsSettings;
import io.alluvium.streams.watch.Watch;
import io.alluvium.streams.wire.Wire;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The whole topology in a test driver, with Confluent's in-memory registry. */
final class Rig implements AutoCloseable {
  static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

  private static final List<String> STORES =
      List.of("weigh-temperature", "weigh-epoch", "dedup-clock");

  final StreamsAppConfig config;
  final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AvroSerdes serdes;
  private final TopologyTestDriver driver;

  /** With the defaults and this YAML over them. */
  Rig(Path folder, String... lines) {
    this(config(folder, lines));
  }

  private Rig(StreamsAppConfig config) {
    this.config = config;
    this.serdes = new AvroSerdes(config.registry());
    StreamsConfig settings =
        StreamsSettings.of(config.applicationId(), config.stateDir(), config.kafka());
    Wire wire = new Wire(config.registry(), config.patience());
    Stage stages = new Stage("", Application.build(), new Watch(meters, 2));
    Properties properties = new Properties();
    settings.originals().forEach((key, value) -> properties.put(key, value));
    this.driver =
        new TopologyTestDriver(
            new ExampleTopology(config, wire, stages).build(settings), properties, START);
  }

  /** Another driver that begins with what this one's key-value stores hold. */
  Rig restarted() {
    Rig next = new Rig(config);
    STORES.forEach(
        store -> copy(driver.getKeyValueStore(store), next.driver.getKeyValueStore(store)));
    return next;
  }

  private static void copy(KeyValueStore<Object, Object> from, KeyValueStore<Object, Object> to) {
    try (KeyValueIterator<Object, Object> all = from.all()) {
      all.forEachRemaining((KeyValue<Object, Object> entry) -> to.put(entry.key, entry.value));
    }
  }

  static TrainingExample.Builder example(String id, String completion) {
    return TrainingExample.newBuilder()
        .setId(id)
        .setAdapter("support")
        .setPrompt("What now?")
        .setCompletion(completion)
        .setEventTime(START);
  }

  static ScoredExample scored(TrainingExample example, double loss) {
    return ScoredExample.newBuilder()
        .setExample(example)
        .setOrigin(new RecordOrigin("examples.accepted", 0, 0L))
        .setBaseDigest("b0")
        .setPromptTokens(3)
        .setResponseTokens(2)
        .setBaseLoss(loss)
        .setScorerVersion("test")
        .setScoredAt(START)
        .build();
  }

  void produce(TrainingExample example) {
    produceAt(example, START);
  }

  void produceAt(TrainingExample example, Instant recordTime) {
    raw(topics().examples(), example.getAdapter(), bytes(topics().examples(), example), recordTime);
  }

  void produce(ScoredExample scored) {
    String key = scored.getExample().getAdapter();
    raw(topics().scored(), key, bytes(topics().scored(), scored), START);
  }

  void produceRaw(byte[] key, byte[] value) {
    driver
        .createInputTopic(
            topics().examples().name(), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(key, value, START));
  }

  private void raw(Topic<?> topic, String key, byte[] value, Instant recordTime) {
    driver
        .createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(key.getBytes(StandardCharsets.UTF_8), value, recordTime));
  }

  <V extends SpecificRecord> byte[] bytes(Topic<?> topic, V value) {
    try (var serializer = serdes.<V>serializer()) {
      return serializer.serialize(topic.name(), value);
    }
  }

  io.alluvium.schemas.Topics topics() {
    return config.topics();
  }

  List<TrainingExample> accepted() {
    return read(topics().accepted());
  }

  List<WeightedExample> training() {
    return read(topics().training());
  }

  List<Rejection> rejected() {
    return read(topics().rejected());
  }

  List<TestRecord<byte[], byte[]>> records(Topic<?> topic) {
    return driver
        .createOutputTopic(topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  private <V extends SpecificRecord> List<V> read(Topic<V> topic) {
    try (var deserializer = serdes.deserializer(topic)) {
      return records(topic).stream()
          .map(record -> deserializer.deserialize(topic.name(), record.value()))
          .toList();
    }
  }

  void advance(Duration time) {
    driver.advanceWallClockTime(time);
  }

  @Override
  public void close() {
    driver.close();
  }

  private static StreamsAppConfig config(Path folder, String... lines) {
    try {
      Path file = Files.createTempFile(folder, "streams", ".yaml");
      String given =
          """
          kafka: {bootstrap.servers: "localhost:1"}
          registry: {schema.registry.url: "mock://%s"}
          stateDir: %s
          """
              .formatted(UUID.randomUUID(), folder.resolve("state"));
      Files.writeString(file, given + String.join("\n", lines) + "\n");
      return ConfigFile.read(file);
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }
}
