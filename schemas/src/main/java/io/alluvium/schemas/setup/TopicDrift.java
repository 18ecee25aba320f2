package io.alluvium.schemas.setup;

import io.alluvium.schemas.record.SendLimit;
import io.alluvium.schemas.topic.Retention;
import io.alluvium.schemas.topic.TimeOf;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.jspecify.annotations.Nullable;

/**
 * How a topic that is there differs from what {@link Topics} says. Pure.
 *
 * <p>The rule: what would break a promise is refused (partitions, clean-up policy, a size below the
 * producers'); what can be set right without losing anything is (whose clock stamps records); how
 * long and how often records are kept is the operator's, and only said.
 *
 * @param topic as it should be
 * @param found as it is
 * @param config its settings
 */
record TopicDrift(Topic<?> topic, TopicDescription found, Config config) {
  private static final String CLEANUP = "cleanup.policy";
  private static final String RETENTION_MS = "retention.ms";
  private static final String RETENTION_BYTES = "retention.bytes";
  private static final String LARGEST = "max.message.bytes";

  /**
   * Refuses what nobody but an operator can set right.
   *
   * @throws TopicMismatchException names topic, value and remedy
   */
  void requireFit(SendLimit limit) {
    int partitions = found.partitions().size();
    if (partitions != topic.partitions()) {
      throw new TopicMismatchException(
          "topic %s has %d partitions, configured are %d: set partitions to %d, or choose another topicPrefix"
              .formatted(topic.name(), partitions, topic.partitions(), partitions));
    }
    String wanted = topic.config().get(CLEANUP);
    if (!value(CLEANUP).equals(wanted)) {
      throw new TopicMismatchException(
          "topic %s has %s=%s, needed is %s: change it with kafka-configs, or choose another topicPrefix"
              .formatted(topic.name(), CLEANUP, value(CLEANUP), wanted));
    }
    requireSize(topic.name(), config, limit);
  }

  /** Refuses a topic that takes less than its producers may send. */
  static void requireSize(String name, Config config, SendLimit limit) {
    String largest = value(config, LARGEST);
    if (!largest.isEmpty() && Long.parseLong(largest) < limit.bytes()) {
      throw new TopicMismatchException(
          "topic %s has %s=%s, below kafka.%s=%d: raise the one with kafka-configs, or set the other to %s"
              .formatted(name, LARGEST, largest, SendLimit.KEY, limit.bytes(), largest));
    }
  }

  /** What is set right. */
  Optional<AlterConfigOp> mending() {
    return stamped(config, topic.times());
  }

  /** What makes records of a topic be stamped so; nothing where they are. */
  static Optional<AlterConfigOp> stamped(Config config, TimeOf times) {
    String wanted = times.topicConfig().get(TimeOf.KEY);
    return wanted == null || wanted.equals(value(config, TimeOf.KEY))
        ? Optional.empty()
        : Optional.of(
            new AlterConfigOp(new ConfigEntry(TimeOf.KEY, wanted), AlterConfigOp.OpType.SET));
  }

  /**
   * What an operator should know and may want.
   *
   * @param replicas that the broker gives new topics; empty when it does not say
   */
  List<String> remarks(OptionalInt replicas) {
    List<String> remarks = new ArrayList<>();
    Stream.of(time(), size(), replication(replicas))
        .flatMap(Optional::stream)
        .forEach(remarks::add);
    return remarks;
  }

  private Optional<String> time() {
    long wanted = number(topic.config().get(RETENTION_MS));
    long is = number(value(RETENTION_MS));
    if (topic.retention() == Retention.COMPACTED || is >= wanted) {
      return Optional.empty();
    }
    return Optional.of(
        "topic %s keeps records for %s, not %s: what is not read by then is lost; unless you want that, set %s=%s with kafka-configs"
            .formatted(
                topic.name(),
                Duration.ofMillis(is),
                wanted == Long.MAX_VALUE ? "ever" : Duration.ofMillis(wanted),
                RETENTION_MS,
                topic.config().get(RETENTION_MS)));
  }

  private Optional<String> size() {
    long is = number(value(RETENTION_BYTES));
    return is == Long.MAX_VALUE
        ? Optional.empty()
        : Optional.of(
            "topic %s keeps %d bytes of a partition: what is not read by then is lost; unless you want that, set %s=-1 with kafka-configs"
                .formatted(topic.name(), is, RETENTION_BYTES));
  }

  private Optional<String> replication(OptionalInt wanted) {
    int is = found.partitions().stream().mapToInt(each -> each.replicas().size()).min().orElse(0);
    return wanted.isEmpty() || is >= wanted.getAsInt()
        ? Optional.empty()
        : Optional.of(
            "topic %s has %d replicas, new topics of this cluster get %d: add some with kafka-reassign-partitions"
                .formatted(topic.name(), is, wanted.getAsInt()));
  }

  /** Below zero means without bound. */
  private static long number(@Nullable String value) {
    long number = value == null || value.isEmpty() ? -1 : Long.parseLong(value);
    return number < 0 ? Long.MAX_VALUE : number;
  }

  private String value(String key) {
    return value(config, key);
  }

  private static String value(Config config, String key) {
    ConfigEntry entry = config.get(key);
    return entry == null ? "" : Objects.requireNonNullElse(entry.value(), "");
  }
}
