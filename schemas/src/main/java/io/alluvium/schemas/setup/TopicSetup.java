package io.alluvium.schemas.setup;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.alluvium.schemas.record.SendLimit;
import io.alluvium.schemas.topic.TimeOf;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the topics that are missing and checks those that are there. */
public final class TopicSetup {
  private static final Logger LOG = LoggerFactory.getLogger(TopicSetup.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private TopicSetup() {}

  /** {@link #ensure(Admin, Collection, SendLimit)} for producers with Kafka's own limit. */
  public static void ensure(Admin admin, Collection<? extends Topic<?>> topics) {
    ensure(admin, topics, SendLimit.KAFKA_DEFAULT);
  }

  /**
   * Makes sure that every topic exists as {@link Topics} says and that each partition is served.
   * What differs is set right where that loses nothing, and said in one line where it is the
   * operator's to decide ({@link TopicDrift} has the rule).
   *
   * @param admin an open admin client
   * @param topics what must exist
   * @param limit of the records that will be sent
   * @throws TopicMismatchException when a topic exists with other partitions, another clean-up
   *     policy or too small a size; nothing is changed then
   */
  public static void ensure(Admin admin, Collection<? extends Topic<?>> topics, SendLimit limit) {
    Map<String, Topic<?>> byName = topics.stream().collect(toMap(Topic::name, Function.identity()));
    Set<String> present = names(admin);
    Set<String> known = byName.keySet().stream().filter(present::contains).collect(toSet());
    check(admin, byName, new Known(known, limit));
    create(admin, byName.values().stream().filter(topic -> !known.contains(topic.name())).toList());
  }

  /** Topics that are there, and the limit that they are held against. */
  private record Known(Set<String> names, SendLimit limit) {}

  /** Names of all topics that the client may see. */
  public static Set<String> names(Admin admin) {
    return await(admin.listTopics().names());
  }

  /**
   * Sets right whose clock stamps the changelogs that an older build of an application made.
   *
   * @param applicationId their names begin with it
   * @param limit of the records that will be sent
   * @throws TopicMismatchException when one takes less than that
   */
  public static void mendChangelogs(Admin admin, String applicationId, SendLimit limit) {
    Set<String> changelogs =
        names(admin).stream()
            .filter(name -> name.startsWith(applicationId + "-") && name.endsWith("-changelog"))
            .collect(toSet());
    Map<ConfigResource, Config> configs = configs(admin, changelogs);
    configs.forEach((topic, config) -> TopicDrift.requireSize(topic.name(), config, limit));
    Map<ConfigResource, Collection<AlterConfigOp>> mendings = new HashMap<>();
    configs.forEach(
        (topic, config) ->
            TopicDrift.stamped(config, TimeOf.LOG)
                .ifPresent(change -> mendings.put(topic, List.of(change))));
    mend(admin, mendings);
  }

  private static void check(Admin admin, Map<String, Topic<?>> byName, Known known) {
    Map<String, TopicDescription> found = await(admin.describeTopics(known.names).allTopicNames());
    List<TopicDrift> drifts = new ArrayList<>();
    configs(admin, known.names)
        .forEach(
            (resource, config) ->
                drifts.add(
                    new TopicDrift(
                        Objects.requireNonNull(byName.get(resource.name())),
                        Objects.requireNonNull(found.get(resource.name())),
                        config)));
    drifts.forEach(drift -> drift.requireFit(known.limit));
    OptionalInt replicas = replicas(admin);
    drifts.stream().flatMap(drift -> drift.remarks(replicas).stream()).forEach(LOG::warn);
    Map<ConfigResource, Collection<AlterConfigOp>> mendings = new HashMap<>();
    for (TopicDrift drift : drifts) {
      drift
          .mending()
          .ifPresent(change -> mendings.put(resource(drift.topic().name()), List.of(change)));
    }
    mend(admin, mendings);
  }

  private static void mend(Admin admin, Map<ConfigResource, Collection<AlterConfigOp>> mendings) {
    mendings.forEach(
        (topic, change) -> LOG.info("topic {} now has {}", topic.name(), entries(change)));
    await(admin.incrementalAlterConfigs(mendings).all());
  }

  private static String entries(Collection<AlterConfigOp> changes) {
    return changes.stream()
        .map(each -> each.configEntry().name() + "=" + each.configEntry().value())
        .collect(joining(", "));
  }

  private static Map<ConfigResource, Config> configs(Admin admin, Set<String> names) {
    return await(admin.describeConfigs(names.stream().map(TopicSetup::resource).toList()).all());
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  /** What new topics get; who may not ask brokers for their settings does without. */
  private static OptionalInt replicas(Admin admin) {
    try {
      ConfigResource broker =
          new ConfigResource(
              ConfigResource.Type.BROKER,
              Integer.toString(await(admin.describeCluster().controller()).id()));
      ConfigEntry entry =
          Objects.requireNonNull(await(admin.describeConfigs(List.of(broker)).all()).get(broker))
              .get("default.replication.factor");
      return entry == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(entry.value()));
    } catch (ApiException | IllegalStateException refused) {
      LOG.debug("brokers do not tell their settings", refused);
      return OptionalInt.empty();
    }
  }

  private static void create(Admin admin, Collection<? extends Topic<?>> topics) {
    admin.createTopics(topics.stream().map(TopicSetup::asNew).toList()).values().values().stream()
        .forEach(TopicSetup::awaitCreation);
    awaitLeaders(admin, topics);
  }

  /**
   * A partition is known some milliseconds before its leader serves it. A producer that writes in
   * between may have its second batch taken and its first one refused for good, as out of order.
   */
  private static void awaitLeaders(Admin admin, Collection<? extends Topic<?>> topics) {
    Map<TopicPartition, OffsetSpec> ends =
        topics.stream()
            .flatMap(TopicSetup::partitions)
            .collect(toMap(Function.identity(), partition -> OffsetSpec.latest()));
    long beginNs = System.nanoTime();
    while (!served(admin, ends, beginNs)) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** A broker under load answers that it does not know a topic which the controller has created. */
  private static boolean served(Admin admin, Map<TopicPartition, OffsetSpec> ends, long sinceNs) {
    try {
      await(admin.listOffsets(ends).all());
      return true;
    } catch (UnknownTopicOrPartitionException notYet) {
      if (System.nanoTime() - sinceNs > PATIENCE.toNanos()) {
        throw notYet;
      }
      return false;
    }
  }

  private static Stream<TopicPartition> partitions(Topic<?> topic) {
    return IntStream.range(0, topic.partitions())
        .mapToObj(number -> new TopicPartition(topic.name(), number));
  }

  /** Another application starting at the same moment may have been first; that is as good. */
  private static void awaitCreation(KafkaFuture<Void> creation) {
    try {
      await(creation);
    } catch (TopicExistsException alreadyThere) {
      // The other application created it from the same table.
    }
  }

  private static NewTopic asNew(Topic<?> topic) {
    return new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
        .configs(topic.config());
  }

  private static <T> T await(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptException(interrupted);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(failed.getCause());
    }
  }
}
