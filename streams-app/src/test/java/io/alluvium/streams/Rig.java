package io.alluvium.streams;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.Policy;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.SuiteItem;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.schemas.registry.AvroSerdes;
import io.alluvium.schemas.registry.RegistryClients;
import io.alluvium.schemas.suite.SuiteKey;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.schemas.topic.Topics;
import io.alluvium.streams.config.ConfigFile;
import io.alluvium.streams.config.StreamsAppConfig;
import io.alluvium.streams.dedup.exact.Fingerprint;
import io.alluvium.streams.dedup.seen.FormerSeenStore;
import io.alluvium.streams.policy.PolicyBook;
import io.alluvium.streams.run.StreamsSettings;
import io.alluvium.streams.stage.Stage;
import io.alluvium.streams.watch.Watch;
import io.alluvium.streams.wire.Wire;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The whole topology in a test driver, with Confluent's in-memory registry. */
final class Rig implements AutoCloseable {
  static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

  private static final List<String> STORES =
      List.of(
          "dedup-examples",
          "novelty-state",
          "replay-state",
          "replay-orders",
          "route-orders",
          "route-waiting",
          "route-spending",
          "replay-examples",
          "weigh-state",
          "dedup-near",
          "admit-clock",
          "weigh-clock");

  final StreamsAppConfig config;
  final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AvroSerdes serdes;
  private final Serializer<SpecificRecord> serializer;
  private final Watch watch = new Watch(meters, 2);
  private final Topology topology;
  private final TopologyTestDriver driver;

  /** With the defaults and this YAML over them. */
  Rig(Path folder, String... lines) {
    this(config(folder, lines), FormerSeenStore.none());
  }

  /** As after an upgrade. */
  Rig(Path folder, FormerSeenStore former, String... lines) {
    this(config(folder, lines), former);
  }

  private Rig(StreamsAppConfig config, FormerSeenStore former) {
    this.config = config;
    this.serdes = new AvroSerdes(config.registry());
    this.serializer = serdes.serializer();
    StreamsConfig settings =
        StreamsSettings.of(config.applicationId(), config.stateDir(), config.kafka());
    Wire wire = new Wire(config.registry(), config.patience());
    Stage stages = new Stage("", Application.build(), watch, new PolicyBook(config.policies()));
    Properties properties = new Properties();
    settings.originals().forEach((key, value) -> properties.put(key, value));
    this.topology = new ExampleTopology(config, wire, stages, former).build(settings);
    this.driver = new TopologyTestDriver(topology, properties, START);
  }

  /** The topology as configured by default. */
  static Topology topology(Path folder) {
    try (Rig rig = new Rig(folder)) {
      return rig.topology;
    }
  }

  /** Closes this driver; another begins with nothing but what the stores held. */
  Rig restarted() throws IOException {
    Map<String, List<KeyValue<Object, Object>>> entries = new HashMap<>();
    STORES.forEach(store -> entries.put(store, drained(driver.getKeyValueStore(store).all())));
    close();
    Utils.delete(config.stateDir().toFile());
    Rig next = new Rig(config, FormerSeenStore.none());
    STORES.forEach(store -> next.driver.getKeyValueStore(store).putAll(entries.get(store)));
    return next;
  }

  /** What the stores hold now, as it is when a transaction is committed. */
  Committed committed() {
    Map<String, List<KeyValue<Object, Object>>> entries = new HashMap<>();
    STORES.forEach(store -> entries.put(store, drained(driver.getKeyValueStore(store).all())));
    return new Committed(entries);
  }

  /**
   * Stores at a commit.
   *
   * @param entries by store
   */
  record Committed(Map<String, List<KeyValue<Object, Object>>> entries) {}

  /** The transaction since then is aborted, and the same processors go on from what was there. */
  void aborted(Committed last) {
    STORES.forEach(
        name ->
            restore(driver.getKeyValueStore(name), last.entries().getOrDefault(name, List.of())));
    Reviving.all();
  }

  private static void restore(
      KeyValueStore<Object, Object> store, List<KeyValue<Object, Object>> entries) {
    drained(store.all()).forEach(entry -> store.delete(entry.key));
    store.putAll(entries);
  }

  private static <K, V> List<KeyValue<K, V>> drained(KeyValueIterator<K, V> entries) {
    List<KeyValue<K, V>> all = new ArrayList<>();
    try (entries) {
      entries.forEachRemaining(all::add);
    }
    return all;
  }

  static TrainingExample.Builder example(String id, String completion) {
    return TrainingExample.newBuilder()
        .setId(id)
        .setAdapter("support")
        .setPrompt("What now?")
        .setCompletion(completion)
        .setEventTime(START);
  }

  static Policy policy(String adapter, long version, Instant from, String document) {
    return Policy.newBuilder()
        .setAdapter(adapter)
        .setVersion(version)
        .setEffectiveFrom(from)
        .setCreatedAt(from.minusSeconds(10))
        .setAuthor("test")
        .setDocument(document)
        .build();
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
    produceAt(scored, START);
  }

  void produceAt(ScoredExample scored, Instant recordTime) {
    String key = scored.getExample().getAdapter();
    raw(topics().scored(), key, bytes(topics().scored(), scored), recordTime);
  }

  void produceAnchor(TrainingExample example) {
    raw(topics().anchors(), example.getAdapter(), bytes(topics().anchors(), example), START);
  }

  void produce(AdapterCommand command) {
    raw(topics().commands(), command.getAdapter(), bytes(topics().commands(), command), START);
  }

  /** What the application would have seen of the trainer's lag. */
  void behind(double records) {
    watch.backlog(records);
  }

  /** How many entries a store has. */
  long entries(String store) {
    return drained(driver.getKeyValueStore(store).all()).size();
  }

  /** Puts an entry into a store as if it had been there. */
  void put(String store, byte[] key, byte[] value) {
    driver.<Bytes, byte[]>getKeyValueStore(store).put(Bytes.wrap(key), value);
  }

  /** What was written to a store's changelog since the last call. */
  List<TestRecord<byte[], byte[]>> changelog(String store) {
    return driver
        .createOutputTopic(
            config.applicationId() + "-" + store + "-changelog",
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())
        .readRecordsToList();
  }

  /** Restores a record of a changelog, as Kafka Streams does after a start. */
  void restore(String store, byte[] key, byte[] value) {
    if (store.equals(FormerSeenStore.STORE)) {
      ByteBuffer stands = ByteBuffer.wrap(key);
      byte[] fingerprint = new byte[Fingerprint.BYTES];
      stands.get(fingerprint);
      driver.<byte[], byte[]>getWindowStore(store).put(fingerprint, value, stands.getLong());
      return;
    }
    KeyValueStore<Object, Object> entries = driver.getKeyValueStore(store);
    if (store.endsWith("-clock")) {
      entries.put(ByteBuffer.wrap(key).getInt(), ByteBuffer.wrap(value).getLong());
    } else if (store.equals("route-spending")) {
      entries.put(new String(key, StandardCharsets.UTF_8), value);
    } else {
      entries.put(Bytes.wrap(key), value);
    }
  }

  /** Registers a schema that values were written with. */
  void register(String schema) {
    try (SchemaRegistryClient registry = RegistryClients.open(config.registry())) {
      registry.register("written-before", new AvroSchema(schema));
    } catch (IOException | RestClientException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** What is kept for replay. */
  List<ScoredExample> kept() {
    try (var deserializer = serdes.deserializer(topics().scored())) {
      return drained(driver.<Object, byte[]>getKeyValueStore("replay-examples").all()).stream()
          .map(entry -> deserializer.deserialize(topics().scored().name(), entry.value))
          .toList();
    }
  }

  void produce(Policy policy) {
    raw(topics().policies(), PolicyBook.key(policy), bytes(topics().policies(), policy), START);
  }

  void produce(SuiteItem item) {
    raw(topics().suites(), SuiteKey.of(item), bytes(topics().suites(), item), START);
  }

  void produceRaw(byte @Nullable [] key, byte @Nullable [] value) {
    driver
        .createInputTopic(
            topics().examples().name(), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(key, value, START));
  }

  /** A record as it would stand in Kafka, headers included. */
  void produce(Topic<?> topic, TestRecord<byte[], byte[]> record) {
    driver
        .createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(record);
  }

  private void raw(Topic<?> topic, String key, byte[] value, Instant recordTime) {
    driver
        .createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(key.getBytes(StandardCharsets.UTF_8), value, recordTime));
  }

  byte[] bytes(Topic<?> topic, SpecificRecord value) {
    return serializer.serialize(topic.name(), value);
  }

  Topics topics() {
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

  <V extends SpecificRecord> List<V> read(Topic<V> topic) {
    return records(topic).stream().map(record -> value(topic, record)).toList();
  }

  <V extends SpecificRecord> V value(Topic<V> topic, TestRecord<byte[], byte[]> record) {
    try (var deserializer = serdes.deserializer(topic)) {
      return deserializer.deserialize(topic.name(), record.value());
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
          kafka: {bootstrap.servers: "localhost:1", processor.wrapper.class: %s}
          registry: {schema.registry.url: "mock://%s"}
          stateDir: %s
          """
              .formatted(Reviving.class.getName(), UUID.randomUUID(), folder.resolve("state"));
      Files.writeString(file, given + String.join("\n", lines) + "\n");
      return ConfigFile.read(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
