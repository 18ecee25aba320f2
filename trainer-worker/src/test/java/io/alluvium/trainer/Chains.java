package io.alluvium.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.OffsetRange;
import io.alluvium.schemas.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What must hold of every history, after whatever happened. */
final class Chains {
  private Chains() {}

  /**
   * Numbers 1, 2, 3 … per adapter, each parent the last released, windows without gap or overlap.
   */
  static void assertGapless(List<AdapterVersion> versions) {
    Map<String, Long> last = new HashMap<>();
    Map<String, Long> released = new HashMap<>();
    for (AdapterVersion version : versions) {
      String adapter = version.getAdapter();
      assertThat(version.getVersion()).isEqualTo(last.getOrDefault(adapter, 0L) + 1);
      assertThat(version.getParentVersion()).isEqualTo(released.get(adapter));
      last.put(adapter, version.getVersion());
      if (version.getOutcome() == Outcome.RELEASED) {
        released.put(adapter, version.getVersion());
      }
    }
    assertTiled(versions.stream().map(AdapterVersion::getWindow).distinct().toList());
  }

  /** Several adapters share a window; windows of a partition follow each other. */
  private static void assertTiled(List<OffsetRange> windows) {
    Map<Integer, Long> next = new HashMap<>();
    for (OffsetRange window : windows) {
      long begin = window.getFirstOffset();
      assertThat(begin).isEqualTo(next.getOrDefault(window.getPartition(), begin));
      next.put(window.getPartition(), window.getNextOffset());
    }
  }

  /** Records in the chain, each counted once. */
  static long examples(List<AdapterVersion> versions) {
    return versions.stream()
        .mapToLong(version -> version.getCounts().getExamples() + version.getCounts().getRejected())
        .sum();
  }

  /** The group's committed offset of each partition is the one that the last event names. */
  static void assertOffsetsAgree(RoleFixture worker, List<AdapterVersion> versions) {
    Map<TopicPartition, Long> next = new HashMap<>();
    versions.forEach(v -> next.put(partition(v), v.getWindow().getNextOffset()));
    Map<TopicPartition, OffsetAndMetadata> committed = worker.committed("train");
    next.forEach(
        (partition, offset) ->
            assertThat(committed)
                .containsEntry(partition, new OffsetAndMetadata(offset, "event-next=" + offset)));
  }

  private static TopicPartition partition(AdapterVersion version) {
    return new TopicPartition(version.getWindow().getTopic(), version.getWindow().getPartition());
  }
}
