package io.alluvium.cli.watch;

import io.alluvium.cli.connect.topic.TopicReader.Entry;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.WeightedExample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How far adapters without any version are on their way to their first round. Pure; one thread. */
final class FirstRounds {
  private final long needed;
  private final @Nullable String only;
  private final Map<String, Map<String, Long>> waiting = new TreeMap<>();
  private final Map<String, Long> said = new HashMap<>();
  private final Set<String> begun = new HashSet<>();

  /**
   * Nothing seen yet.
   *
   * @param needed records at which a window is cut at once
   * @param only the adapter that is watched; null for all
   */
  FirstRounds(long needed, @Nullable String only) {
    this.needed = needed;
    this.only = only;
  }

  /** Books a record of the training topic or of a lane; windows are cut of each apart. */
  void arrived(Entry<WeightedExample> entry) {
    if (only == null || only.equals(entry.key())) {
      waiting
          .computeIfAbsent(entry.key(), unseen -> new HashMap<>())
          .merge(entry.topic(), 1L, Long::sum);
    }
  }

  /** Books the end of a round: from now on events tell how it goes. */
  void published(AdapterVersion event) {
    begun.add(event.getAdapter());
  }

  /** One line for each adapter whose count has changed since it was said last. */
  List<String> news() {
    List<String> lines = new ArrayList<>();
    waiting.forEach(
        (adapter, byTopic) -> {
          Long records = Collections.max(byTopic.values());
          if (!begun.contains(adapter) && !records.equals(said.put(adapter, records))) {
            lines.add(line(adapter, records));
          }
        });
    return lines;
  }

  private String line(String adapter, long records) {
    return records < needed
        ? "%s: %d of %d examples for a first round; with fewer it begins after a while"
            .formatted(adapter, records, needed)
        : "%s: %d examples, the first round begins".formatted(adapter, records);
  }
}
