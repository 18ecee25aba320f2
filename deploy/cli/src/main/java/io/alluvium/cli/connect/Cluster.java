package io.alluvium.cli.connect;

import io.alluvium.cli.connect.topic.Keyed;
import io.alluvium.cli.connect.topic.TopicReader;
import io.alluvium.cli.connect.topic.TrainingReader;
import io.alluvium.cli.fault.ClientFault;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.schemas.registry.AvroSerdes;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A Kafka cluster with its schema registry, and the topics of the system on it. */
public final class Cluster {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration DELIVERY = Duration.ofSeconds(30);

  /** The command line reads topics as they are and creates none, so the count does not matter. */
  private static final int ANY_PARTITIONS = 1;

  private final ClientSettings settings;
  private final Topics topics;

  /**
   * A cluster by its settings.
   *
   * @throws CommandException (usage) when the topic prefix cannot be one
   */
  public Cluster(ClientSettings settings) {
    this.settings = settings;
    try {
      topics = new Topics(settings.topicPrefix(), ANY_PARTITIONS);
    } catch (IllegalArgumentException bad) {
      throw CommandException.usage(String.valueOf(bad.getMessage()), bad);
    }
  }

  /** Names and types of the topics. */
  public Topics topics() {
    return topics;
  }

  /** The brokers as named by the user. */
  public String bootstrap() {
    return settings.required(ClientSettings.BOOTSTRAP, "--bootstrap-server");
  }

  /** The registry as named by the user. */
  public String registry() {
    return settings.required(ClientSettings.REGISTRY, "--registry");
  }

  /**
   * Confirms that a broker answers, so that no later step waits for minutes.
   *
   * @return this
   * @throws CommandException (unreachable) when none does within ten seconds
   */
  public Cluster ensureReachable() {
    try (Admin admin = admin()) {
      admin.describeCluster().nodes().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return this;
    } catch (TimeoutException | ExecutionException | KafkaException silent) {
      throw CommandException.unreachable(
          "no Kafka broker answers at %s: start the local stack with `alluvium up`, or name yours with --bootstrap-server"
              .formatted(bootstrap()),
          silent);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw CommandException.failed("interrupted", interrupted);
    }
  }

  /** An admin client. */
  public Admin admin() {
    Map<String, Object> config = clientConfig();
    config.putIfAbsent("default.api.timeout.ms", (int) PATIENCE.toMillis());
    config.putIfAbsent("request.timeout.ms", (int) PATIENCE.toMillis());
    return Admin.create(config);
  }

  /** A producer of bytes that loses and repeats nothing, however long the broker takes. */
  public KafkaProducer<String, byte[]> producer() {
    return producer(clientConfig());
  }

  /**
   * The same for somebody who waits: a broker that is full or stands still is a failure after half
   * a minute, unless the settings say otherwise.
   */
  public KafkaProducer<String, byte[]> impatientProducer() {
    Map<String, Object> config = clientConfig();
    config.putIfAbsent("request.timeout.ms", Long.toString(PATIENCE.toMillis()));
    config.putIfAbsent("delivery.timeout.ms", Long.toString(DELIVERY.toMillis()));
    config.putIfAbsent("max.block.ms", Long.toString(DELIVERY.toMillis()));
    return producer(config);
  }

  private static KafkaProducer<String, byte[]> producer(Map<String, Object> config) {
    config.put("acks", "all");
    config.put("enable.idempotence", "true");
    config.putIfAbsent("linger.ms", "20");
    return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
  }

  /** Settings for Kafka clients of others' making: the user's, without those of the registry. */
  public Map<String, String> kafka() {
    return settings.with(ClientSettings.BOOTSTRAP, bootstrap()).kafkaOnly();
  }

  /** Settings for registry clients of others' making. */
  public Map<String, String> registrySettings() {
    return settings.with(ClientSettings.REGISTRY, registry()).registryOnly();
  }

  /** A consumer outside any group that sees only what was committed. */
  public KafkaConsumer<String, byte[]> reader() {
    Map<String, Object> config = clientConfig();
    config.put("isolation.level", "read_committed");
    config.put("enable.auto.commit", "false");
    config.put("auto.offset.reset", "earliest");
    config.remove("group.id");
    return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
  }

  /** Confluent's serializers with the user's registry settings. */
  public AvroSerdes serdes() {
    registry();
    Map<String, String> config = new HashMap<>(settings.values());
    config.putIfAbsent("http.connect.timeout.ms", Long.toString(PATIENCE.toMillis()));
    config.putIfAbsent("http.read.timeout.ms", Long.toString(PATIENCE.toMillis()));
    return new AvroSerdes(config);
  }

  /** The whole of a topic's present content. */
  public <V extends SpecificRecord> TopicReader<V> read(Topic<V> topic) {
    return new TopicReader<>(reader(), serdes().deserializer(topic), topic);
  }

  /** The training topic with all its lanes. */
  public TrainingReader readTraining() {
    return new TrainingReader(read(topics.training()), topics, Clock.systemUTC());
  }

  /**
   * Writes records and waits until the broker has them all.
   *
   * @return where they stand, each in its partition
   * @throws CommandException when it refuses one
   */
  public <V extends SpecificRecord> List<Long> write(Topic<V> topic, List<Keyed<V>> records) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    List<Long> offsets = new ArrayList<>();
    try (KafkaProducer<String, byte[]> producer = impatientProducer();
        Serializer<V> serializer = serdes().serializer()) {
      for (Keyed<V> one : records) {
        byte[] value = serializer.serialize(topic.name(), one.value());
        sent.add(producer.send(new ProducerRecord<>(topic.name(), one.key(), value)));
      }
      for (Future<RecordMetadata> one : sent) {
        offsets.add(one.get().offset());
      }
      return offsets;
    } catch (ExecutionException refused) {
      throw CommandException.failed(
          "the broker refused a record of %s (%s)"
              .formatted(topic.name(), ClientFault.words(refused)),
          refused);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw CommandException.failed("interrupted", interrupted);
    }
  }

  private Map<String, Object> clientConfig() {
    Map<String, Object> config = new HashMap<>(settings.values());
    config.put(ClientSettings.BOOTSTRAP, bootstrap());
    return config;
  }
}
