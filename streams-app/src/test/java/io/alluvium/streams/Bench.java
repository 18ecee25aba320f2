package io.alluvium.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.alluvium.schemas.Policy;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.registry.AvroSerdes;
import io.alluvium.schemas.setup.TopicSetup;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.schemas.topic.Topics;
import io.alluvium.stack.LocalStack;
import io.alluvium.streams.policy.PolicyBook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Producers and readers around the application, as its neighbours are. */
final class Bench implements AutoCloseable {
  private static final int PARTITIONS = 2;

  final Topics topics;
  private final LocalStack stack;
  private final AvroSerdes serdes;
  private final Serializer<SpecificRecord> serializer;
  private final Producer<byte[], byte[]> producer;
  private final Consumer<byte[], byte[]> committed;

  Bench(LocalStack stack, String prefix) {
    this.stack = stack;
    this.topics = new Topics(prefix, PARTITIONS);
    this.serdes = new AvroSerdes(Map.of("schema.registry.url", stack.registryUrl()));
    this.serializer = serdes.serializer();
    this.committed = reader();
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", stack.bootstrapServers(), "linger.ms", 5),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Configuration of the application under test; more lines may follow. */
  String yaml(String stateDir) {
    return """
        topicPrefix: "%s"
        partitions: %d
        registry: {schema.registry.url: "%s"}
        stateDir: %s
        """
        .formatted(topics.prefix(), PARTITIONS, stack.registryUrl(), stateDir);
  }

  /** The kafka section. */
  String kafka(String more) {
    return "kafka: {bootstrap.servers: \"%s\"%s}\n".formatted(stack.bootstrapServers(), more);
  }

  static TrainingExample example(String id, String adapter) {
    return TrainingExample.newBuilder()
        .setId(id)
        .setAdapter(adapter)
        .setPrompt("What of " + id + "?")
        .setCompletion("This is the answer to " + id)
        .setEventTime(Instant.now())
        .build();
  }

  static ScoredExample scored(TrainingExample example, double loss) {
    return ScoredExample.newBuilder()
        .setExample(example)
        .setOrigin(new RecordOrigin("accepted", 0, 0L))
        .setBaseDigest("b0")
        .setPromptTokens(3)
        .setResponseTokens(2)
        .setBaseLoss(loss)
        .setScorerVersion("test")
        .setScoredAt(Instant.now())
        .build();
  }

  void send(TrainingExample example) {
    send(topics.examples(), example.getAdapter(), bytes(topics.examples(), example));
  }

  void send(Policy policy) {
    send(topics.policies(), PolicyBook.key(policy), bytes(topics.policies(), policy));
  }

  byte[] bytes(Topic<?> topic, SpecificRecord value) {
    return serializer.serialize(topic.name(), value);
  }

  void send(Topic<?> topic, @Nullable String key, byte @Nullable [] value) {
    byte[] keyBytes = key == null ? null : key.getBytes(UTF_8);
    // Flushed, and counted at the other end.
    var unused = producer.send(new ProducerRecord<>(topic.name(), keyBytes, value));
  }

  /** Text to a topic that is no example topic. */
  void sendRaw(String topic, String key, String value) {
    var unused =
        producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value.getBytes(UTF_8)));
    producer.flush();
  }

  /** Sends a record and waits; what it is says which one the broker would not take. */
  void sendNow(String what, ProducerRecord<byte[], byte[]> record) {
    try {
      producer.send(record).get();
    } catch (ExecutionException refused) {
      throw new AssertionError(what + " to " + record.topic(), refused);
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }

  void flush() {
    producer.flush();
  }

  /** As the scorer writes: in transactions, which leave markers at the end of the topic. */
  void sendScored(List<ScoredExample> scored) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            stack.bootstrapServers(),
            "transactional.id",
            topics.prefix() + "test-score");
    try (Producer<byte[], byte[]> scorer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      scorer.initTransactions();
      scorer.beginTransaction();
      for (ScoredExample one : scored) {
        byte[] key = one.getExample().getAdapter().getBytes(UTF_8);
        // The commit fails when one of the sends does.
        var unused =
            scorer.send(
                new ProducerRecord<>(topics.scored().name(), key, bytes(topics.scored(), one)));
      }
      scorer.commitTransaction();
    }
  }

  /** Every committed value of a topic, partition after partition. */
  <V extends SpecificRecord> List<V> read(Topic<V> topic) {
    try (var deserializer = serdes.deserializer(topic)) {
      return records(topic).stream()
          .map(record -> deserializer.deserialize(topic.name(), record.value()))
          .toList();
    }
  }

  List<ConsumerRecord<byte[], byte[]>> records(Topic<?> topic) {
    return records(topic.name());
  }

  List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    List<TopicPartition> partitions = partitions(committed, topic);
    committed.assign(partitions);
    committed.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = committed.endOffsets(partitions);
    while (partitions.stream()
        .anyMatch(each -> committed.position(each) < Objects.requireNonNull(ends.get(each)))) {
      committed.poll(Duration.ofMillis(100)).forEach(found::add);
    }
    return found;
  }

  /** Sum of the ends of a topic's partitions for a reader of committed records. */
  long end(Topic<?> topic) {
    return committed.endOffsets(partitions(committed, topic.name())).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /** As any application does at its start. */
  void createTopics() {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
      TopicSetup.ensure(admin, topics.all());
    }
  }

  private static List<TopicPartition> partitions(Consumer<?, ?> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  private Consumer<byte[], byte[]> reader() {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", stack.bootstrapServers(), "isolation.level", "read_committed"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  @Override
  public void close() {
    committed.close();
    producer.close();
    serializer.close();
  }
}
