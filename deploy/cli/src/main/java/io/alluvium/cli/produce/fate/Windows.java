package io.alluvium.cli.produce.fate;

import io.alluvium.cli.connect.topic.TopicReader.Entry;
import io.alluvium.cli.produce.fate.Fates.Name;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.OffsetRange;
import io.alluvium.schemas.WeightedExample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Brings records of the training topic and its lanes together with the windows of rounds that have
 * ended, whichever is read first. Pure; one thread.
 */
final class Windows {
  private final Map<Queue, NavigableMap<Long, Name>> waiting = new HashMap<>();
  private final Map<Queue, NavigableMap<Long, Long>> ended = new HashMap<>();

  /** Of what windows are cut. */
  private record Queue(String adapter, String topic, int partition) {}

  /**
   * Books a record.
   *
   * @return whether a window holds it already; else it waits for one
   */
  boolean arrived(Entry<WeightedExample> entry, Name name) {
    Queue queue = new Queue(entry.key(), entry.topic(), entry.partition());
    Map.Entry<Long, Long> window = of(ended, queue).floorEntry(entry.offset());
    if (window != null && entry.offset() < window.getValue()) {
      return true;
    }
    of(waiting, queue).put(entry.offset(), name);
    return false;
  }

  /**
   * Books the end of a round.
   *
   * @return the records that waited for it
   */
  List<Name> published(AdapterVersion event) {
    OffsetRange window = event.getWindow();
    Queue queue = new Queue(event.getAdapter(), window.getTopic(), window.getPartition());
    of(ended, queue).merge(window.getFirstOffset(), window.getNextOffset(), Math::max);
    Map<Long, Name> held =
        of(waiting, queue).subMap(window.getFirstOffset(), window.getNextOffset());
    List<Name> names = List.copyOf(held.values());
    held.clear();
    return names;
  }

  private static <T> NavigableMap<Long, T> of(Map<Queue, NavigableMap<Long, T>> all, Queue queue) {
    return all.computeIfAbsent(queue, unseen -> new TreeMap<>());
  }
}
