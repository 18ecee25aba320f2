package io.alluvium.streams.watch.lag;

import io.alluvium.streams.watch.Watch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListStreamsGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at what waits again and again, on a thread of its own, and shows it. */
public final class LagWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LagWatch.class);
  private static final String CLIENT_ID = "alluvium-lag";
  private static final long CLOSE_MS = 5000;

  private final Admin admin;
  private final Consumer<byte[], byte[]> peek;
  private final LagReader reader;
  private final Map<String, String> topics;
  private final List<String> trained;
  private final LagReader trainer;
  private final Watch watch;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;

  /**
   * What is looked at while the application runs.
   *
   * @param topics by the stage that reads them
   * @param trained topics that are trained from, lanes included
   * @param trainerGroup who trains
   * @param interval pause between two looks
   * @param watch where it is shown
   */
  public record Lags(
      Map<String, String> topics,
      List<String> trained,
      String trainerGroup,
      Duration interval,
      Watch watch) {}

  /** Connects nothing until it is started. */
  public LagWatch(StreamsConfig settings, LagWatch.Lags lags) {
    this.admin = Admin.create(settings.getAdminConfigs(CLIENT_ID));
    this.peek = new KafkaConsumer<>(peekSettings(settings));
    this.topics = lags.topics();
    this.watch = lags.watch();
    this.thread = new Thread(() -> lookUntilStopped(lags.interval()), CLIENT_ID);
    thread.setDaemon(true);
    this.trained = lags.trained();
    this.trainer = readerOf(lags.trainerGroup());
    this.reader = new LagReader(peek, () -> committed(settings), InstantSource.system());
  }

  /** Begins to look, on a thread of its own. */
  public void start() {
    thread.start();
  }

  /** Ends the thread first: a consumer must not be closed beside its user. */
  @Override
  public void close() {
    stop.countDown();
    peek.wakeup();
    try {
      thread.join(CLOSE_MS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    admin.close(Duration.ofSeconds(1));
  }

  private void lookUntilStopped(Duration interval) {
    try (peek) {
      do {
        look();
      } while (!stop.await(interval.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    Map<String, Lag> lags = lags(reader, topics.values());
    topics.forEach((stage, topic) -> watch.lag(stage, lags.getOrDefault(topic, Lag.UNKNOWN)));
    Map<String, Lag> behind = lags(trainer, trained);
    watch.backlog(
        trained.stream()
            .mapToDouble(topic -> behind.getOrDefault(topic, Lag.UNKNOWN).records())
            .sum());
  }

  /**
   * A broker that is away is Kafka Streams' trouble and reported there; here it is only unknown.
   */
  private static Map<String, Lag> lags(LagReader from, Collection<String> topics) {
    try {
      return from.of(topics);
    } catch (KafkaException unknown) {
      LOG.debug("lag of {}", topics, unknown);
      return Map.of();
    }
  }

  private LagReader readerOf(String group) {
    return new LagReader(
        peek,
        () -> known(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get()),
        InstantSource.system());
  }

  private Map<TopicPartition, OffsetAndMetadata> committed(StreamsConfig settings)
      throws ExecutionException, InterruptedException {
    String group = settings.getString(StreamsConfig.APPLICATION_ID_CONFIG);
    boolean streams =
        "streams".equalsIgnoreCase(settings.getString(StreamsConfig.GROUP_PROTOCOL_CONFIG));
    Map<TopicPartition, OffsetAndMetadata> offsets =
        streams
            ? admin
                .listStreamsGroupOffsets(Map.of(group, new ListStreamsGroupOffsetsSpec()))
                .partitionsToOffsetAndMetadata(group)
                .get()
            : admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    return known(offsets);
  }

  /** A partition without an offset is there with null. */
  private static Map<TopicPartition, OffsetAndMetadata> known(
      Map<TopicPartition, @Nullable OffsetAndMetadata> offsets) {
    Map<TopicPartition, OffsetAndMetadata> known = new HashMap<>();
    offsets.forEach(
        (partition, offset) -> {
          if (offset != null) {
            known.put(partition, offset);
          }
        });
    return known;
  }

  private static Map<String, Object> peekSettings(StreamsConfig settings) {
    Map<String, Object> peek = settings.getRestoreConsumerConfigs(CLIENT_ID);
    peek.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    peek.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    peek.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    // The first record of each partition is all that is looked at.
    peek.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1024);
    peek.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    peek.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return peek;
  }
}
