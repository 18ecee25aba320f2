package io.alluvium.schemas.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.schemas.record.SendLimit;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.schemas.topic.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.Test;

/** What is refused, what is set right, and what is only said. */
class TopicDriftTest {
  private static final Topics TOPICS = new Topics("", 1);
  private static final Node NODE = new Node(1, "localhost", 9092);

  @Test
  void aTopicAsItShouldBeIsLeftInPeace() {
    TopicDrift none = drift(TOPICS.scored(), Map.of());
    none.requireFit(SendLimit.KAFKA_DEFAULT);
    assertThat(none.mending()).isEmpty();
    assertThat(none.remarks(OptionalInt.of(1))).isEmpty();
  }

  @Test
  void theStampOfAnOlderBuildIsSetRightAndThatOfUsersTopicsIsTheirs() {
    Map<String, String> old = Map.of("message.timestamp.type", "CreateTime");
    assertThat(drift(TOPICS.scored(), old).mending())
        .hasValueSatisfying(
            change -> assertThat(change.configEntry().value()).isEqualTo("LogAppendTime"));
    assertThat(drift(TOPICS.examples(), old).mending()).isEmpty();
  }

  @Test
  void lessRetentionIsSaidWithTheRemedyAndNeverChangedMoreIsNotEvenSaid() {
    TopicDrift shorter = drift(TOPICS.scored(), Map.of("retention.ms", "3600000"));
    assertThat(shorter.mending()).isEmpty();
    assertThat(shorter.remarks(OptionalInt.empty()))
        .containsExactly(
            "topic examples.scored keeps records for PT1H, not PT168H: what is not read by then is"
                + " lost; unless you want that, set retention.ms=604800000 with kafka-configs");
    assertThat(
            drift(TOPICS.versions(), Map.of("retention.ms", "1000")).remarks(OptionalInt.empty()))
        .singleElement()
        .asString()
        .contains("PT1S, not ever");
    assertThat(drift(TOPICS.suites(), Map.of("retention.ms", "1000")).remarks(OptionalInt.empty()))
        .as("a compacted topic keeps the last of each key whatever that says")
        .isEmpty();
    assertThat(drift(TOPICS.scored(), Map.of("retention.ms", "-1")).remarks(OptionalInt.empty()))
        .isEmpty();
    assertThat(drift(TOPICS.scored(), Map.of("retention.bytes", "10")).remarks(OptionalInt.empty()))
        .singleElement()
        .asString()
        .contains("retention.bytes=-1");
  }

  @Test
  void fewerReplicasThanTheClusterGivesAreSaid() {
    assertThat(drift(TOPICS.scored(), Map.of()).remarks(OptionalInt.of(3)))
        .containsExactly(
            "topic examples.scored has 1 replicas, new topics of this cluster get 3: add some with"
                + " kafka-reassign-partitions");
  }

  @Test
  void whatWouldStopTheStreamIsRefused() {
    TopicDrift spread = drift(new Topics("", 3).scored(), Map.of());
    assertThatThrownBy(() -> spread.requireFit(SendLimit.KAFKA_DEFAULT))
        .isInstanceOf(TopicMismatchException.class)
        .hasMessageContaining("has 1 partitions, configured are 3");
    TopicDrift compacted = drift(TOPICS.scored(), Map.of("cleanup.policy", "compact"));
    assertThatThrownBy(() -> compacted.requireFit(SendLimit.KAFKA_DEFAULT))
        .isInstanceOf(TopicMismatchException.class)
        .hasMessageContaining("cleanup.policy=compact");
    TopicDrift small = drift(TOPICS.scored(), Map.of("max.message.bytes", "1000"));
    assertThatThrownBy(() -> small.requireFit(SendLimit.KAFKA_DEFAULT))
        .isInstanceOf(TopicMismatchException.class)
        .hasMessage(
            "topic examples.scored has max.message.bytes=1000, below"
                + " kafka.max.request.size=1048576: raise the one with kafka-configs, or set the"
                + " other to 1000");
  }

  private static TopicDrift drift(Topic<?> topic, Map<String, String> otherwise) {
    Map<String, String> settings = new HashMap<>(topic.config());
    settings.putAll(otherwise);
    List<ConfigEntry> entries =
        settings.entrySet().stream()
            .map(entry -> new ConfigEntry(entry.getKey(), entry.getValue()))
            .toList();
    TopicPartitionInfo partition = new TopicPartitionInfo(0, NODE, List.of(NODE), List.of(NODE));
    return new TopicDrift(
        topic, new TopicDescription(topic.name(), false, List.of(partition)), new Config(entries));
  }
}
