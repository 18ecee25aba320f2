package io.alluvium.trainer.claim.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.trainer.claim.Sources;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class GroupConsumerTest {
  private static final TopicPartition FIRST = new TopicPartition("training", 0);
  private static final TopicPartition SECOND = new TopicPartition("training", 1);

  private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("earliest");
  private final GroupConsumer consumer = new GroupConsumer(kafka, Sources.of("training"));

  @Test
  void anEndKnownFromBeforeTheLastRecordsHidesNothingAndIsNoNegativeLag() {
    given(Map.of(FIRST, 0L, SECOND, 0L));
    kafka.addRecord(new ConsumerRecord<>("training", 0, 0, bytes("news"), bytes("one")));
    kafka.addRecord(new ConsumerRecord<>("training", 0, 1, bytes("news"), bytes("two")));
    assertThat(consumer.poll(Duration.ZERO).records()).hasSize(2);
    kafka.updateEndOffsets(Map.of(FIRST, 0L, SECOND, 0L));
    assertThat(consumer.unread()).isZero();

    kafka.updateEndOffsets(Map.of(FIRST, 0L, SECOND, 2L));
    assertThat(consumer.unread()).isEqualTo(2);
  }

  private void given(Map<TopicPartition, Long> ends) {
    kafka.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
    kafka.updateEndOffsets(ends);
    kafka.rebalance(List.of(FIRST, SECOND));
    assertThat(consumer.poll(Duration.ZERO).gained()).hasSize(2);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
