package io.alluvium.trainer.claim.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class BeginningsTest {
  private static final List<TopicPartition> ALL =
      IntStream.range(0, 4).mapToObj(number -> new TopicPartition("training", number)).toList();

  private final Set<TopicPartition> held = new HashSet<>(ALL.subList(0, 3));
  private final List<Set<TopicPartition>> waitedInVain = new ArrayList<>();
  private final MockConsumer<byte[], byte[]> kafka = consumer();
  private final Beginnings beginnings = new Beginnings(kafka);

  @Test
  void thoseThatNobodyHoldsAreFoundAtTheFirstLook() {
    kafka.assign(ALL);
    beginnings.await(ALL);
    assertThat(look()).containsOnlyKeys(ALL.get(3));
    assertThat(kafka.paused()).containsExactlyInAnyOrderElementsOf(ALL.subList(0, 3));
  }

  @Test
  void thoseThatAreHeldCostOneWaitInVainAtEachLaterLook() {
    kafka.assign(ALL);
    beginnings.await(ALL);
    look();
    waitedInVain.clear();
    look();
    look();
    assertThat(waitedInVain).hasSize(2).allMatch(asked -> asked.size() == 1);
  }

  @Test
  void heldOnesHaveTheirTurns() {
    kafka.assign(ALL);
    beginnings.await(ALL);
    look();
    held.remove(ALL.get(1));
    Set<TopicPartition> found = new HashSet<>();
    IntStream.range(0, 3).forEach(number -> found.addAll(look().keySet()));
    assertThat(found).containsExactly(ALL.get(1));
  }

  @Test
  void whatOneTransactionHeldIsFoundTogetherWhenItHasEnded() {
    kafka.assign(ALL);
    beginnings.await(ALL);
    look();
    held.clear();
    assertThat(look()).containsOnlyKeys(ALL.subList(0, 3));
    assertThat(look()).isEmpty();
  }

  /** Without the pause between two looks. */
  private Map<TopicPartition, OffsetAndMetadata> look() {
    beginnings.await(List.of());
    return beginnings.found();
  }

  private MockConsumer<byte[], byte[]> consumer() {
    return new MockConsumer<>("earliest") {
      @Override
      public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
          Set<TopicPartition> asked, Duration patience) {
        if (!Collections.disjoint(asked, held)) {
          waitedInVain.add(asked);
          throw new TimeoutException("an open transaction may still change it");
        }
        return asked.stream()
            .collect(Collectors.toMap(partition -> partition, at -> new OffsetAndMetadata(7)));
      }
    };
  }
}
