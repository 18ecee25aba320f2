package io.alluvium.streams.watch;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * What a group has still to read, and how old it is.
 *
 * <p>Offsets alone cannot say: transactions end in markers that take an offset and are no records,
 * so a drained group never reaches the end. Hence the first committed record at or after the
 * group's offset is looked up; where there is none, nothing waits. Not safe for several threads.
 */
public final class LagReader {
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final int MOST_LOOKS = 25;
  private static final double MS_PER_SECOND = 1000;

  private final Admin admin;
  private final Consumer<byte[], byte[]> peek;
  private final GroupOffsets group;
  private final InstantSource clock;

  /**
   * Looks with these clients.
   *
   * @param admin for the ends of topics
   * @param peek a consumer of no group, read_committed, beginning at the earliest
   * @param group the committed offsets of the group
   * @param clock what time it is
   */
  public LagReader(
      Admin admin, Consumer<byte[], byte[]> peek, GroupOffsets group, InstantSource clock) {
    this.admin = admin;
    this.peek = peek;
    this.group = group;
    this.clock = clock;
  }

  /** Where a group stands: next offsets of the partitions it has committed. */
  @FunctionalInterface
  public interface GroupOffsets {
    /** Asks the broker. */
    Map<TopicPartition, Long> read() throws ExecutionException, InterruptedException;
  }

  /**
   * What waits on a topic.
   *
   * @throws KafkaException when the broker does not answer
   */
  public Lag of(String topic) {
    try {
      Map<TopicPartition, Long> committed = group.read();
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

  private Map<TopicPartition, Long> ends(String topic)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> latest =
        peek.partitionsFor(topic).stream()
            .collect(
                toMap(
                    info -> new TopicPartition(info.topic(), info.partition()),
                    info -> OffsetSpec.latest()));
    return admin
        .listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
        .all()
        .get()
        .entrySet()
        .stream()
        .collect(toMap(Map.Entry::getKey, found -> found.getValue().offset()));
  }

  private Lag lag(TopicPartition partition, @Nullable Long committed, long end) {
    if (committed != null && committed >= end) {
      return Lag.DRAINED;
    }
    long position = seek(partition, committed);
    return firstTimestamp(partition, end)
        .map(timeMs -> new Lag(ageSeconds(timeMs), end - position))
        .orElse(Lag.DRAINED);
  }

  private double ageSeconds(long timeMs) {
    return Math.max(0, clock.millis() - timeMs) / MS_PER_SECOND;
  }

  private long seek(TopicPartition partition, @Nullable Long committed) {
    peek.assign(List.of(partition));
    if (committed == null) {
      peek.seekToBeginning(List.of(partition));
    } else {
      peek.seek(partition, committed);
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
