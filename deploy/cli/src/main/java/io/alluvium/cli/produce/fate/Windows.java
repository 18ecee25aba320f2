package io.alluvium.cli.produce.fate;

import io.alluvium.cli.connect.TopicReader.Entry;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.OffsetRange;
import io.alluvium.schemas.WeightedExample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Windows of rounds that have ended, by adapter. Pure; one thread. */
public final class Windows {
  private final String topic;
  private final Map<String, List<AdapterVersion>> events = new HashMap<>();

  /**
   * No round yet.
   *
   * @param topic whose windows are meant; those of lanes have partitions and offsets of their own
   */
  public Windows(String topic) {
    this.topic = topic;
  }

  /** Books the end of a round. */
  void published(AdapterVersion event) {
    if (!event.getWindow().getTopic().equals(topic)) {
      return;
    }
    events.computeIfAbsent(event.getAdapter(), unseen -> new ArrayList<>()).add(event);
  }

  /** Whether one of them holds this record. */
  boolean hold(Entry<WeightedExample> entry) {
    return events.getOrDefault(entry.key(), List.of()).stream()
        .anyMatch(event -> holds(event.getWindow(), entry));
  }

  private static boolean holds(OffsetRange window, Entry<WeightedExample> entry) {
    return window.getPartition() == entry.partition()
        && window.getFirstOffset() <= entry.offset()
        && entry.offset() < window.getNextOffset();
  }
}
