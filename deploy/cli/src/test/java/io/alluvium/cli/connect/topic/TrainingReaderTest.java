package io.alluvium.cli.connect.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.cli.TestRecords;
import io.alluvium.cli.connect.topic.TopicReader.Entry;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

class TrainingReaderTest {
  private static final Topics TOPICS = new Topics("p.", 1);
  private static final Deserializer<WeightedExample> VALUES =
      (topic, bytes) -> TestRecords.weighted("id", Instant.EPOCH);

  private final MockConsumer<String, byte[]> log = new MockConsumer<>("earliest");
  private Instant now = Instant.EPOCH;

  @Test
  void recordsOfTheTopicAndOfItsLanesAreReadAsOne() {
    topic("p.training", 0);
    topic("p.training.web", 0);
    topic("p.training.web.old", 0);
    topic("other.training.web", 0);
    try (TrainingReader reader = reader()) {
      add("p.training", 0);
      add("p.training.web", 0);
      assertThat(topicsOf(reader)).containsExactlyInAnyOrder("p.training", "p.training.web");
      assertThat(log.assignment()).hasSize(2);
    }
  }

  @Test
  void fromNowNothingIsSeenThatWasThereBefore() {
    topic("p.training", 1);
    topic("p.training.web", 1);
    try (TrainingReader reader = reader().fromNow()) {
      add("p.training.web", 0);
      add("p.training.web", 1);
      assertThat(reader.next(Duration.ZERO)).extracting(Entry::offset).containsExactly(1L);
    }
  }

  @Test
  void ofALaneThatComesLaterEverythingIsSeen() {
    topic("p.training", 0);
    try (TrainingReader reader = reader().fromNow()) {
      topic("p.training.web", 7);
      assertThat(topicsOf(reader)).isEmpty();
      assertThat(log.assignment()).as("before it is looked again").hasSize(1);
      now = now.plusSeconds(30);
      assertThat(topicsOf(reader)).isEmpty();
      add("p.training.web", 0);
      assertThat(topicsOf(reader)).containsExactly("p.training.web");
    }
  }

  private TrainingReader reader() {
    return new TrainingReader(new TopicReader<>(log, VALUES, TOPICS.training()), TOPICS, () -> now);
  }

  private List<String> topicsOf(TrainingReader reader) {
    return reader.next(Duration.ZERO).stream().map(Entry::topic).toList();
  }

  private void topic(String name, long end) {
    TopicPartition partition = new TopicPartition(name, 0);
    log.updatePartitions(name, List.of(new PartitionInfo(name, 0, null, null, null)));
    log.updateBeginningOffsets(Map.of(partition, 0L));
    log.updateEndOffsets(Map.of(partition, end));
  }

  private void add(String topic, long offset) {
    log.addRecord(new ConsumerRecord<>(topic, 0, offset, TestRecords.ADAPTER, new byte[1]));
  }
}
