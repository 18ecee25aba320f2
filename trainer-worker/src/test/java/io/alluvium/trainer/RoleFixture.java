package io.alluvium.trainer;

import io.alluvium.schemas.registry.AvroSerdes;
import io.alluvium.schemas.setup.TopicSetup;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.schemas.topic.Topics;
import io.alluvium.stack.AppSpec;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.Requirement;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** One worker on the local stack, with topics of its own. */
public final class RoleFixture {
  /** In the log, at the beginning of each round. */
  static final String ROUND = "TrainSession - training ";

  public final Topics topics;
  public final Path folder;

  /** Settings of clients, as YAML within braces. */
  String clients = "";

  public Path base = stories();

  private final Map<String, Integer> ports = new HashMap<>();
  private final LocalStack stack;
  private final AvroSerdes serdes;

  public RoleFixture(LocalStack stack, String prefix) throws IOException {
    this.stack = stack;
    this.topics = new Topics(prefix, 2);
    this.serdes = new AvroSerdes(Map.of("schema.registry.url", stack.registryUrl()));
    this.folder = Files.createDirectories(stack.data().resolve("test-" + prefix));
    try (Admin admin = Admin.create(kafka())) {
      TopicSetup.ensure(admin, topics.all());
    }
  }

  public static Path stories() {
    return Requirement.shared("data/models/stories260k");
  }

  /** Starts a role and waits until it is ready. */
  public void start(String role, String... extraYaml) throws IOException {
    startAs(name(role), role, extraYaml);
  }

  /** The same under another name, for several workers of one role. */
  void startAs(String app, String role, String... extraYaml) throws IOException {
    int port = LocalStack.freePort();
    ports.put(role, port);
    Path config = config(role, port, extraYaml);
    AppSpec spec =
        AppSpec.of(
                app,
                "io.alluvium.trainer.TrainerWorker",
                AppSpec.classPath("trainer-worker", "alluvium-trainer-worker"),
                URI.create("http://127.0.0.1:" + port + "/health"))
            .withArguments(role, "--config", config.toString())
            .withJvmOptions("-Xmx512m")
            .withReadyWithin(Duration.ofSeconds(90));
    stack.startApp(spec);
  }

  /** How many lines of an application's log hold the text. */
  public long logged(String app, String text) throws IOException {
    try (Stream<String> lines = Files.lines(stack.log(app))) {
      return lines.filter(line -> line.contains(text)).count();
    }
  }

  /** What a role's metrics say now. */
  public String metrics(String role) throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + ports.get(role) + "/metrics");
    try (var stream = uri.toURL().openStream()) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  public String name(String role) {
    return topics.prefix() + role;
  }

  Path config(String role, int port, String... extraYaml) throws IOException {
    Path file = folder.resolve(role + "-" + port + ".yaml");
    String yaml =
        """
        topicPrefix: "%s"
        kafka: { bootstrap.servers: "%s", %s }
        registry: { schema.registry.url: "%s" }
        metrics: { scorePort: %d, trainPort: %d }
        base: { folder: %s, threads: 1, maxTokens: 128 }
        store: { uri: "%s" }
        workDir: %s
        """
            .formatted(
                topics.prefix(),
                stack.bootstrapServers(),
                clients,
                stack.registryUrl(),
                port,
                port,
                base,
                folder.resolve("artifacts").toUri(),
                folder.resolve("work"));
    return Files.writeString(file, yaml + String.join("\n", extraYaml) + "\n");
  }

  /** Sends values keyed by adapter and waits until all are written. */
  public <V extends SpecificRecord> void send(Topic<V> topic, String adapter, List<V> values) {
    Serializer<V> serializer = serdes.serializer();
    sendRaw(
        topic,
        adapter,
        values.stream().map(value -> serializer.serialize(topic.name(), value)).toList());
  }

  public void sendRaw(Topic<?> topic, String adapter, List<byte[]> values) {
    ByteArraySerializer bytes = new ByteArraySerializer();
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(kafka(), bytes, bytes)) {
      byte[] key = adapter.getBytes(StandardCharsets.UTF_8);
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (byte[] value : values) {
        sent.add(producer.send(new ProducerRecord<>(topic.name(), key, value)));
      }
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    } catch (ExecutionException refused) {
      throw new IllegalStateException(refused.getCause());
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }

  /** Sends records as they are, and waits for each. */
  void sendNow(Map<String, ProducerRecord<byte[], byte[]>> records) {
    ByteArraySerializer bytes = new ByteArraySerializer();
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(kafka(), bytes, bytes)) {
      for (ProducerRecord<byte[], byte[]> record : records.values()) {
        producer.send(record).get();
      }
    } catch (ExecutionException refused) {
      throw new IllegalStateException(refused.getCause());
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }

  /** A value as it stands in a topic. */
  <V extends SpecificRecord> byte[] bytes(Topic<V> topic, V value) {
    try (Serializer<V> serializer = serdes.serializer()) {
      return serializer.serialize(topic.name(), value);
    }
  }

  /** Everything committed on a topic up to now. */
  public <V extends SpecificRecord> List<V> read(Topic<V> topic) {
    List<V> values = new ArrayList<>();
    raw(topic)
        .forEach(r -> values.add(serdes.deserializer(topic).deserialize(r.topic(), r.value())));
    return values;
  }

  List<ConsumerRecord<byte[], byte[]>> raw(Topic<?> topic) {
    Map<String, Object> settings = kafka();
    settings.put("isolation.level", "read_committed");
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
      List<TopicPartition> partitions =
          IntStream.range(0, topic.partitions())
              .mapToObj(number -> new TopicPartition(topic.name(), number))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  /** What the role's group has committed. */
  public Map<TopicPartition, OffsetAndMetadata> committed(String role) {
    try (Admin admin = Admin.create(kafka())) {
      return admin
          .listConsumerGroupOffsets(topics.prefix() + "alluvium-" + role)
          .partitionsToOffsetAndMetadata()
          .get();
    } catch (InterruptedException | ExecutionException failed) {
      throw new IllegalStateException(failed);
    }
  }

  Map<String, Object> kafka() {
    return new HashMap<>(Map.of("bootstrap.servers", stack.bootstrapServers()));
  }
}
