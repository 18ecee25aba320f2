package io.alluvium.schemas;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates the topics that are missing and checks those that are there. */
public final class TopicSetup {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private TopicSetup() {}

  /**
   * Makes sure that every topic exists as {@link Topics} says and that each partition is served.
   *
   * @param admin an open admin client
   * @param topics what must exist
   * @throws TopicMismatchException when a topic exists with other partitions or another clean-up
   *     policy; nothing is changed then
   */
  public static void ensure(Admin admin, Collection<? extends Topic<?>> topics) {
    Map<String, Topic<?>> byName = topics.stream().collect(toMap(Topic::name, Function.identity()));
    Set<String> present = await(admin.listTopics().names());
    Set<String> known = byName.keySet().stream().filter(present::contains).collect(toSet());
    check(admin, byName, known);
    create(admin, byName.values().stream().filter(topic -> !known.contains(topic.name())).toList());
  }

  private static void check(Admin admin, Map<String, Topic<?>> byName, Set<String> known) {
    await(admin.describeTopics(known).allTopicNames())
        .forEach((name, description) -> checkPartitions(topic(byName, name), description));
    List<ConfigResource> resources =
        known.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
    await(admin.describeConfigs(resources).all())
        .forEach((resource, config) -> checkPolicy(topic(byName, resource.name()), config));
  }

  private static Topic<?> topic(Map<String, Topic<?>> byName, String name) {
    return Optional.<Topic<?>>ofNullable(byName.get(name)).orElseThrow();
  }

  private static void checkPartitions(Topic<?> topic, TopicDescription description) {
    int found = description.partitions().size();
    if (found != topic.partitions()) {
      throw new TopicMismatchException(
          "topic %s has %d partitions, configured are %d: set partitions to %d, or choose another topicPrefix"
              .formatted(topic.name(), found, topic.partitions(), found));
    }
  }

  private static void checkPolicy(Topic<?> topic, Config config) {
    String key = "cleanup.policy";
    String wanted = topic.retention().topicConfig().get(key);
    String found = config.get(key).value();
    if (!found.equals(wanted)) {
      throw new TopicMismatchException(
          "topic %s has %s=%s, needed is %s: change it with kafka-configs, or choose another topicPrefix"
              .formatted(topic.name(), key, found, wanted));
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
        .configs(topic.retention().topicConfig());
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
