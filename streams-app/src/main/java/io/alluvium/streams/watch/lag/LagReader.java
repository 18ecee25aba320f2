package io.alluvium.streams.watch.lag;

import io.alluvium.schemas.record.ReadMark;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * What a group has still to read, and how old it is.
 *
 * <p>Offsets alone cannot say: transactions end in markers that take an offset and are no records,
 * so a drained group never reaches the end. Hence the first committed record at or after the
 * group's offset is looked up; where there is none, nothing waits. A trainer's offset is that of
 * the oldest record in no window; what is done behind it does not count. Not safe for several
 * threads.
 */
public final class LagReader {
  private static final Duration LOOK = Duration.ofMillis(200);

  /** One after the other; a look that finds something begins them anew. */
  private static final int MOST_VAIN_LOOKS = 25;

  private static final double MS_PER_SECOND = 1000;

  private final Consumer<byte[], byte[]> peek;
  private final GroupOffsets group;
  private final InstantSource clock;

  /**
   * Looks with these clients.
   *
   * @param peek a consumer of no group, read_committed, beginning at the earliest
   * @param group the committed offsets of the group
   * @param clock what time it is
   */
  public LagReader(Consumer<byte[], byte[]> peek, GroupOffsets group, InstantSource clock) {
    this.peek = peek;
    this.group = group;
    this.clock = clock;
  }

  /** Where a group stands: offsets and notes of the partitions it has committed. */
  @FunctionalInterface
  public interface GroupOffsets {
    /** Asks the broker. */
    Map<TopicPartition, OffsetAndMetadata> read() throws ExecutionException, InterruptedException;
  }

  /** What waits on a topic; see {@link #of(Collection)}. */
  public Lag of(String topic) {
    return Objects.requireNonNull(of(List.of(topic)).get(topic));
  }

  /**
   * What waits, topic by topic. The group's offsets and the ends of all partitions are asked for
   * once, and what stands first in each is fetched together.
   *
   * @throws KafkaException when the broker does not answer
   */
  public Map<String, Lag> of(Collection<String> topics) {
    try {
      return lags(topics, group.read());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptException(interrupted);
    } catch (ExecutionException failed) {
      throw new KafkaException(failed.getCause());
    }
  }

  private Map<String, Lag> lags(
      Collection<String> topics, Map<TopicPartition, OffsetAndMetadata> committed) {
    Map<String, Lag> lags = new HashMap<>();
    topics.forEach(topic -> lags.put(topic, Lag.DRAINED));
    Map<TopicPartition, Stretch> unread = new HashMap<>();
    Map<TopicPartition, Stretch> waiting = new HashMap<>();
    ends(topics)
        .forEach(
            (partition, end) -> {
              OffsetAndMetadata at = committed.get(partition);
              ReadMark mark = at == null ? null : ReadMark.of(at);
              unread.put(partition, new Stretch(mark == null ? null : mark.position(), end));
              if (at != null && mark != null && mark.waiting() > 0) {
                // The oldest record that waits stands at the group's offset.
                waiting.put(partition, new Stretch(at.offset(), mark.position()));
                add(lags, partition, new Lag(0, mark.waiting()));
              }
            });
    unread.values().removeIf(Stretch::isEmpty);
    firsts(unread).forEach((partition, first) -> add(lags, partition, first.lag(clock.millis())));
    firsts(waiting).forEach((partition, first) -> add(lags, partition, first.age(clock.millis())));
    return lags;
  }

  private static void add(Map<String, Lag> lags, TopicPartition partition, Lag lag) {
    lags.merge(partition.topic(), lag, Lag::and);
  }

  /**
   * Offsets of a partition.
   *
   * @param from the first; null for the beginning of the log
   * @param end after the last
   */
  private record Stretch(@Nullable Long from, long end) {
    boolean isEmpty() {
      return from != null && from >= end;
    }
  }

  /**
   * The first record of a stretch.
   *
   * @param timeMs its timestamp
   * @param offsets from where it was looked for to the stretch's end
   */
  private record First(long timeMs, long offsets) {
    Lag lag(long nowMs) {
      return new Lag(Math.max(0, nowMs - timeMs) / MS_PER_SECOND, offsets);
    }

    Lag age(long nowMs) {
      return new Lag(Math.max(0, nowMs - timeMs) / MS_PER_SECOND, 0);
    }
  }

  /** Of a reader of what is committed these are the ends of that. */
  private Map<TopicPartition, Long> ends(Collection<String> topics) {
    return peek.endOffsets(
        topics.stream()
            .flatMap(topic -> peek.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList());
  }

  /** Read-committed polls move the position over markers and aborted records by themselves. */
  private Map<TopicPartition, First> firsts(Map<TopicPartition, Stretch> stretches) {
    Map<TopicPartition, First> found = new HashMap<>();
    peek.assign(stretches.keySet());
    stretches.forEach(this::seek);
    Map<TopicPartition, Long> begins = new HashMap<>();
    stretches.keySet().forEach(partition -> begins.put(partition, peek.position(partition)));
    Set<TopicPartition> left = new HashSet<>(stretches.keySet());
    int vain = 0;
    while (vain < MOST_VAIN_LOOKS && !left.isEmpty()) {
      int before = left.size();
      for (ConsumerRecord<byte[], byte[]> record : peek.poll(LOOK)) {
        TopicPartition at = new TopicPartition(record.topic(), record.partition());
        Stretch stretch = Objects.requireNonNull(stretches.get(at));
        if (left.remove(at) && record.offset() < stretch.end) {
          long begin = Objects.requireNonNull(begins.get(at));
          found.put(at, new First(record.timestamp(), stretch.end - begin));
        }
      }
      left.removeIf(at -> peek.position(at) >= Objects.requireNonNull(stretches.get(at)).end);
      peek.pause(peek.assignment().stream().filter(at -> !left.contains(at)).toList());
      vain = left.size() < before ? 0 : vain + 1;
    }
    return found;
  }

  private void seek(TopicPartition partition, Stretch stretch) {
    Long from = stretch.from;
    if (from == null) {
      peek.seekToBeginning(List.of(partition));
    } else {
      peek.seek(partition, from);
    }
  }
}
