package io.alluvium.streams.store.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.schemas.setup.TopicSetup;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The layouts of an application's stores, in a compacted topic that is named like its changelogs:
 * what resets the application removes it with them. Without one the state, if any, is of the first
 * layout.
 */
public final class LayoutLog {
  private static final String SUFFIX = "-layouts-changelog";
  private static final String CLIENT = "alluvium-layouts";
  private static final Duration POLL = Duration.ofMillis(100);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final StreamsConfig settings;
  private final String application;
  private final TopicPartition place;

  /** Of the application of these settings. */
  public LayoutLog(StreamsConfig settings) {
    this.settings = settings;
    this.application = settings.getString(StreamsConfig.APPLICATION_ID_CONFIG);
    this.place = new TopicPartition(application + SUFFIX, 0);
  }

  /**
   * Holds what is found against what this build writes, and changes nothing. Before anything else
   * is done to the application's topics.
   *
   * @return those of ours that are not noted yet
   * @throws LayoutException when the state is of another form
   */
  public List<Layout> require(Admin admin, Collection<Layout> ours) {
    Map<String, Layout> found = TopicSetup.names(admin).contains(place.topic()) ? read() : Map.of();
    Optional<String> refusal = new LayoutRule(ours).refusal(found);
    if (refusal.isPresent()) {
      throw new LayoutException(
          "%s: start the build that wrote the state of %s, or stop every instance, run kafka-streams-application-reset --application-id %s and empty stateDir, which forgets all state"
              .formatted(refusal.get(), application, application));
    }
    return ours.stream().filter(each -> !each.equals(found.get(each.store()))).toList();
  }

  /** Notes layouts. Before the application starts. */
  public void note(Admin admin, List<Layout> layouts) {
    create(admin);
    write(layouts);
  }

  /** Whether a store has, or once had, a changelog. */
  public boolean hasChangelog(Admin admin, String store) {
    return TopicSetup.names(admin).contains(application + "-" + store + "-changelog");
  }

  private void create(Admin admin) {
    NewTopic topic =
        new NewTopic(place.topic(), Optional.of(1), Optional.empty())
            .configs(Map.of("cleanup.policy", "compact"));
    try {
      admin.createTopics(List.of(topic)).all().get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptException(interrupted);
    } catch (ExecutionException failed) {
      if (!(failed.getCause() instanceof TopicExistsException)) {
        throw thrown(failed);
      }
    }
  }

  private static RuntimeException thrown(ExecutionException failed) {
    return failed.getCause() instanceof RuntimeException known
        ? known
        : new IllegalStateException(failed.getCause());
  }

  private Map<String, Layout> read() {
    Map<String, Layout> found = new HashMap<>();
    Map<String, Object> reading = settings.getGlobalConsumerConfigs(CLIENT);
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(place));
      consumer.seekToBeginning(List.of(place));
      long end = Objects.requireNonNull(consumer.endOffsets(List.of(place)).get(place));
      while (consumer.position(place) < end) {
        consumer.poll(POLL).forEach(record -> put(found, record));
      }
    }
    return found;
  }

  private static void put(Map<String, Layout> found, ConsumerRecord<byte[], byte[]> record) {
    String store = new String(record.key(), UTF_8);
    try {
      if (record.value() == null) {
        found.remove(store);
      } else {
        found.put(store, JSON.readValue(record.value(), Layout.class));
      }
    } catch (IOException foreign) {
      throw new LayoutException(
          "the layout of store %s in topic %s cannot be read (%s): start the build that wrote it"
              .formatted(store, record.topic(), foreign.getMessage()));
    }
  }

  private void write(List<Layout> layouts) {
    if (layouts.isEmpty()) {
      return;
    }
    Map<String, Object> writing = settings.getProducerConfigs(CLIENT);
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent =
          layouts.stream()
              .map(each -> new ProducerRecord<>(place.topic(), key(each), bytes(each)))
              .map(producer::send)
              .toList();
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptException(interrupted);
    } catch (ExecutionException failed) {
      throw thrown(failed);
    }
  }

  private static byte[] key(Layout layout) {
    return layout.store().getBytes(UTF_8);
  }

  private static byte[] bytes(Layout layout) {
    try {
      return JSON.writeValueAsBytes(layout);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
