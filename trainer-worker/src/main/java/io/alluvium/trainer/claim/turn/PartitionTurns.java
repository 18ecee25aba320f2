package io.alluvium.trainer.claim.turn;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What was read of one partition and is not done, key by key. */
final class PartitionTurns {
  private final TurnMark begun;
  private final Map<String, KeyQueue> keys = new HashMap<>();
  private final Map<Long, KeyQueue> chosen = new HashMap<>();
  private long position;
  private long front;

  /** Sizes of all queues: asked at every poll, when there may be very many. */
  private long waiting;

  PartitionTurns(TurnMark begun) {
    this.begun = begun;
    this.position = begun.watermark();
    this.front = begun.front();
  }

  void add(ConsumerRecord<byte[], byte[]> record) {
    if (record.offset() < position) {
      throw new IllegalStateException(
          "%s-%d: offset %d came after %d"
              .formatted(record.topic(), record.partition(), record.offset(), position));
    }
    position = record.offset() + 1;
    String name = TurnMark.name(record.key());
    if (!begun.done(name, record.offset())) {
      keys.computeIfAbsent(name, KeyQueue::new)
          .add(record.offset(), bytes(record), record.timestamp());
      waiting++;
    }
  }

  void advance(long newPosition) {
    position = Math.max(position, newPosition);
  }

  /**
   * Keys that may be chosen from, and up to where. Nobody else has a record before that, so no more
   * keys than that are behind afterwards, whatever is chosen.
   *
   * @param most keys that may be behind
   */
  Eligible eligible(int most) {
    if (keys.size() <= most) {
      return new Eligible(List.copyOf(keys.values()), Long.MAX_VALUE);
    }
    List<KeyQueue> oldest =
        keys.values().stream()
            .sorted(Comparator.comparingLong(KeyQueue::first))
            .limit(most + 1L)
            .toList();
    return new Eligible(oldest.subList(0, most), oldest.get(most).first());
  }

  /** Who may be chosen from, below an offset. */
  record Eligible(List<KeyQueue> keys, long below) {
    boolean has(KeyQueue key) {
      return key.choosable() && key.nextOffset() < below;
    }
  }

  /** Chooses a key's next record and returns its bytes. */
  long choose(KeyQueue key) {
    chosen.put(key.nextOffset(), key);
    return key.choose();
  }

  void done(long offset) {
    KeyQueue key = chosen(offset);
    key.done(offset);
    over(key, offset);
  }

  void forget(long offset) {
    KeyQueue key = chosen(offset);
    key.forget(offset);
    over(key, offset);
  }

  private KeyQueue chosen(long offset) {
    KeyQueue key = chosen.remove(offset);
    if (key == null) {
      throw new IllegalStateException("%d was not chosen".formatted(offset));
    }
    return key;
  }

  private void over(KeyQueue key, long offset) {
    if (key.size() == 0) {
      keys.remove(key.name());
    }
    front = Math.max(front, offset + 1);
    waiting--;
  }

  long waiting() {
    return waiting;
  }

  OptionalLong oldestMs() {
    return keys.values().stream()
        .filter(KeyQueue::choosable)
        .mapToLong(KeyQueue::nextAppendedMs)
        .min();
  }

  TurnMark mark() {
    return new TurnMark(
        keys.values().stream().mapToLong(KeyQueue::first).reduce(position, Math::min),
        front,
        position,
        waiting(),
        behind());
  }

  private Map<String, Long> behind() {
    Map<String, Long> behind = new HashMap<>();
    // Up to where the last mark was made, keys that were behind may have more to be read.
    begun.behind().forEach((name, first) -> behind.put(name, Math.max(first, position)));
    keys.values().forEach(key -> behind.put(key.name(), key.first()));
    behind.values().removeIf(first -> first >= front);
    return behind;
  }

  private static int bytes(ConsumerRecord<byte[], byte[]> record) {
    return Math.max(0, record.serializedValueSize());
  }
}
