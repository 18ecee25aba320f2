package io.alluvium.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.OffsetRange;
import io.alluvium.schemas.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What must hold of every history, after whatever happened. */
public final class Chains {
  private Chains() {}

  /**
   * Numbers 1, 2, 3 … per adapter, each parent the last released, heads only from the event before,
   * an adapter's windows in a partition one after the other.
   */
  public static void assertGapless(List<AdapterVersion> versions) {
    Map<String, AdapterVersion> last = new HashMap<>();
    Map<String, Long> released = new HashMap<>();
    for (AdapterVersion version : versions) {
      String adapter = version.getAdapter();
      AdapterVersion before = last.put(adapter, version);
      assertThat(version.getVersion()).isEqualTo(before == null ? 1 : before.getVersion() + 1);
      assertThat(version.getParentVersion()).isEqualTo(released.get(adapter));
      assertThat(version.getTrainedFrom())
          .isEqualTo(before == null || before.getHead() == null ? null : before.getVersion());
      if (version.getOutcome() == Outcome.RELEASED) {
        released.put(adapter, version.getVersion());
      }
    }
    assertRising(versions);
  }

  private static void assertRising(List<AdapterVersion> versions) {
    Map<String, Long> next = new HashMap<>();
    for (AdapterVersion version : versions) {
      OffsetRange window = version.getWindow();
      String line = version.getAdapter() + "/" + partition(version);
      assertThat(window.getFirstOffset()).isGreaterThanOrEqualTo(next.getOrDefault(line, 0L));
      next.put(line, window.getNextOffset());
    }
  }

  /** Records in the chain, each counted once. */
  public static long examples(List<AdapterVersion> versions) {
    return versions.stream()
        .mapToLong(version -> version.getCounts().getExamples() + version.getCounts().getRejected())
        .sum();
  }

  /** Each partition's committed offset tells of all its events, and is not before the last's. */
  public static void assertOffsetsAgree(RoleFixture worker, List<AdapterVersion> versions) {
    Map<TopicPartition, OffsetAndMetadata> committed = worker.committed("train");
    Map<TopicPartition, Long> events = new HashMap<>();
    Map<TopicPartition, Long> watermarks = new HashMap<>();
    for (AdapterVersion version : versions) {
      events.merge(partition(version), 1L, Long::sum);
      watermarks.put(partition(version), version.getWatermark());
    }
    events.forEach(
        (partition, count) -> {
          OffsetAndMetadata mark = Objects.requireNonNull(committed.get(partition));
          assertThat(mark.metadata()).startsWith("events=" + count + " ");
          assertThat(mark.offset())
              .isGreaterThanOrEqualTo(Objects.requireNonNull(watermarks.get(partition)));
        });
  }

  private static TopicPartition partition(AdapterVersion version) {
    return new TopicPartition(version.getWindow().getTopic(), version.getWindow().getPartition());
  }
}
