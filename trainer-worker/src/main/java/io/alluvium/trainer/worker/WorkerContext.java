package io.alluvium.trainer.worker;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.schemas.registry.AvroSerdes;
import io.alluvium.schemas.setup.RegistrySetup;
import io.alluvium.schemas.setup.TopicSetup;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.schemas.topic.Topics;
import io.alluvium.trainer.claim.LogReader;
import io.alluvium.trainer.claim.RecordReader;
import io.alluvium.trainer.claim.Sources;
import io.alluvium.trainer.claim.group.GroupConsumer;
import io.alluvium.trainer.publish.RecordSerializer;
import io.alluvium.trainer.publish.Transactions;
import io.alluvium.trainer.publish.lineage.LineageFollower;
import io.alluvium.trainer.publish.settle.Settling;
import io.alluvium.trainer.watch.TrainerMetrics;
import io.alluvium.trainer.worker.config.TrainerConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the roles are built from, made once from the configuration.
 *
 * @param config the configuration
 * @param role score or train
 * @param topics names and partitions as they are
 * @param sources the training topic and the lanes that were found
 * @param serdes Confluent's
 * @param metrics the role's numbers
 * @param clock wall time
 */
public record WorkerContext(
    TrainerConfig config,
    String role,
    Topics topics,
    Sources sources,
    AvroSerdes serdes,
    TrainerMetrics metrics,
    Clock clock) {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerContext.class);
  private static final Duration TOPIC_PAUSE = Duration.ofMillis(500);

  /** Who writes refused and scored records. */
  public static final String BUILD = "alluvium-trainer-worker/" + version();

  /**
   * Connects while the caller opens its base: topics created or found, subjects registered. The
   * result is the context, or a {@link DependencyUnreachableException} when broker or topics do not
   * appear within the patience.
   */
  public static Future<WorkerContext> connecting(
      TrainerConfig config, String role, TrainerMetrics metrics) {
    FutureTask<WorkerContext> connecting = new FutureTask<>(() -> connect(config, role, metrics));
    Thread thread = new Thread(connecting, "connect");
    // Where the base cannot be opened there is nothing to wait for.
    thread.setDaemon(true);
    thread.start();
    return connecting;
  }

  private static WorkerContext connect(TrainerConfig config, String role, TrainerMetrics metrics) {
    Clock clock = Clock.systemUTC();
    Instant begin = clock.instant();
    Topics topics = topics(config);
    new RegistrySetup(config.registry(), config.patience()).ensure(topics.all());
    LOG.info("connected in {} ms", Duration.between(begin, clock.instant()).toMillis());
    return new WorkerContext(
        config,
        role,
        topics,
        Sources.of(topics.training().name()),
        new AvroSerdes(config.registry()),
        metrics,
        clock);
  }

  GroupConsumer consumer(Sources read, int pollRecords) {
    Map<String, String> settings = new HashMap<>(config.kafka());
    settings.put("max.poll.records", Integer.toString(pollRecords));
    GroupConsumer consumer =
        GroupConsumer.join(settings, config.topicPrefix() + "alluvium-" + role, read);
    metrics.transactionWait("offsets", consumer::heldSince);
    return consumer;
  }

  Transactions transactions() {
    return Transactions.open(config.kafka(), transactionalId());
  }

  String transactionalId() {
    return config.member(role);
  }

  /** Decodes a topic's records, and waits for the registry as long as {@code patience} says. */
  public <V extends SpecificRecord> RecordReader<V> reader(Topic<V> topic) {
    return new RecordReader<>(serdes.deserializer(topic), config.patience());
  }

  /** Reads a whole topic and goes on reading. */
  public <V extends SpecificRecord> LogReader<V> log(Topic<V> topic) {
    return new LogReader<>(config.kafka(), topic, reader(topic));
  }

  /** What the log says of adapters, not read yet. */
  public LineageFollower lineage() {
    Settling settling = new Settling(config.kafka(), List.of(topics.versions(), topics.adapters()));
    metrics.transactionWait("events", settling::since);
    LineageFollower.Logs logs =
        new LineageFollower.Logs(log(topics.versions()), log(topics.adapters()));
    return new LineageFollower(sources, logs, settling);
  }

  /** Makes bytes of events. */
  public RecordSerializer serializer() {
    return new RecordSerializer(serdes, config.patience());
  }

  /**
   * Looks for lanes, and checks those that it finds.
   *
   * @return the lanes that were not known
   * @throws io.alluvium.schemas.setup.TopicMismatchException when one has other partitions
   */
  public List<String> findLanes(Set<String> names) {
    List<String> found = sources.learn(names);
    if (!found.isEmpty()) {
      try (Admin admin = Admin.create(Map.copyOf(config.kafka()))) {
        TopicSetup.ensure(admin, found.stream().map(this::lane).toList(), config.sendLimit());
      }
    }
    return found;
  }

  private Topic<WeightedExample> lane(String name) {
    return topics.training(name.substring(topics.training().name().length() + 1));
  }

  /** Names of all topics. */
  public Set<String> topicNames() {
    try (Admin admin = Admin.create(Map.copyOf(config.kafka()))) {
      return TopicSetup.names(admin);
    }
  }

  /** Which log names the artifacts: that of this cluster with this prefix. */
  public String log() {
    try (Admin admin = Admin.create(Map.copyOf(config.kafka()))) {
      return admin.describeCluster().clusterId().get() + " " + topics.versions().name();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking for the cluster", interrupted);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(failed.getCause());
    }
  }

  private static Topics topics(TrainerConfig config) {
    try (Admin admin = Admin.create(Map.copyOf(config.kafka()))) {
      Integer configured = config.partitions();
      Topics topics =
          new Topics(config.topicPrefix(), configured == null ? found(admin, config) : configured);
      TopicSetup.ensure(admin, topics.all(), config.sendLimit());
      return topics;
    } catch (org.apache.kafka.common.errors.TimeoutException unanswered) {
      throw new DependencyUnreachableException(
          "kafka at %s does not answer: start it or correct kafka.bootstrap.servers"
              .formatted(config.kafka().get("bootstrap.servers")),
          unanswered);
    }
  }

  /** Whoever starts first creates the topics; the worker follows unless it is told a number. */
  private static int found(Admin admin, TrainerConfig config) {
    String name = new Topics(config.topicPrefix(), 1).training().name();
    RetryPolicy<Integer> patience =
        RetryPolicy.<Integer>builder()
            .handle(UnknownTopicOrPartitionException.class)
            .withMaxRetries(-1)
            .withDelay(TOPIC_PAUSE)
            .withMaxDuration(config.patience())
            .build();
    try {
      return Failsafe.with(patience).get(() -> partitions(admin, name));
    } catch (UnknownTopicOrPartitionException missing) {
      throw new DependencyUnreachableException(
          "topic %s does not exist: start streams-app, or set partitions to have the topics created"
              .formatted(name),
          missing);
    }
  }

  private static int partitions(Admin admin, String topic) throws InterruptedException {
    try {
      return admin
          .describeTopics(Set.of(topic))
          .allTopicNames()
          .get()
          .values()
          .iterator()
          .next()
          .partitions()
          .size();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(failed.getCause());
    }
  }

  private static String version() {
    String version = WorkerContext.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }
}
