package io.alluvium.streams.watch;

import io.alluvium.schemas.ReadMark;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
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
  private static final int MOST_LOOKS = 25;
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

  /**
   * What waits on a topic.
   *
   * @throws KafkaException when the broker does not answer
   */
  public Lag of(String topic) {
    try {
      Map<TopicPartition, OffsetAndMetadata> committed = group.read();
      return ends(topic).entrySet().stream()
          .map(end -> lag(end.getKey(), committed.get(end.getKey()), end.getValue()))
          .reduce(Lag.DRAINED, Lag::and);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptException(interrupted);
    } catch (ExecutionException failed) {
      throw new KafkaException(failed.getCause());
    }
  }

  /** Of a reader of what is committed these are the ends of that. */
  private Map<TopicPartition, Long> ends(String topic) {
    return peek.endOffsets(
        peek.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList());
  }

  private Lag lag(TopicPartition partition, @Nullable OffsetAndMetadata committed, long end) {
    if (committed == null) {
      return unread(partition, null, end);
    }
    ReadMark mark = ReadMark.of(committed);
    Lag unread = unread(partition, mark.position(), end);
    return mark.waiting() == 0 ? unread : unread.and(waiting(partition, committed, mark));
  }

  /** The oldest record that waits stands at the group's offset. */
  private Lag waiting(TopicPartition partition, OffsetAndMetadata committed, ReadMark mark) {
    seek(partition, committed.offset());
    double age = firstTimestamp(partition, mark.position()).map(this::ageSeconds).orElse(0.0);
    return new Lag(age, mark.waiting());
  }

  private Lag unread(TopicPartition partition, @Nullable Long from, long end) {
    if (from != null && from >= end) {
      return Lag.DRAINED;
    }
    long position = seek(partition, from);
    return firstTimestamp(partition, end)
        .map(timeMs -> new Lag(ageSeconds(timeMs), end - position))
        .orElse(Lag.DRAINED);
  }

  private double ageSeconds(long timeMs) {
    return Math.max(0, clock.millis() - timeMs) / MS_PER_SECOND;
  }

  private long seek(TopicPartition partition, @Nullable Long from) {
    peek.assign(List.of(partition));
    if (from == null) {
      peek.seekToBeginning(List.of(partition));
    } else {
      peek.seek(partition, from);
    }
    return peek.position(partition);
  }

  /** Read-committed polls move the position over markers and aborted records by themselves. */
  private Optional<Long> firstTimestamp(TopicPartition partition, long end) {
    for (int look = 0; look < MOST_LOOKS && peek.position(partition) < end; look++) {
      var found = peek.poll(LOOK).records(partition);
      if (!found.isEmpty()) {
        return Optional.of(found.get(0).timestamp());
      }
    }
    return Optional.empty();
  }
}
