package io.alluvium.streams.intake.time;

import java.time.Duration;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The time of a partition's log: the largest timestamp so far, kept in a changelogged store, so
 * that the same log tells the same time after a restart. A producer whose clock runs far ahead does
 * not move it, nor does a record that cannot be read.
 */
public final class StreamTime {
  private static final long MAX_AHEAD_MS = Duration.ofHours(1).toMillis();

  private final KeyValueStore<Integer, Long> times;

  /** What was looked up last: a task has one partition of a topic. */
  private int partition = -1;

  private long timeMs;

  /** Over the store that {@link #store} made for a stage. */
  public StreamTime(ProcessingContext context, String stage) {
    this.times = context.getStateStore(name(stage));
  }

  /** In memory, changelogged, written once per commit. */
  public static StoreBuilder<?> store(String stage) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name(stage)), Serdes.Integer(), Serdes.Long())
        .withCachingEnabled();
  }

  /** Of a stage's store. */
  public static String name(String stage) {
    return stage + "-clock";
  }

  /** The time of a partition so far; 0 at its beginning. */
  public long at(int asked) {
    if (asked != partition) {
      Long time = times.get(asked);
      timeMs = time == null ? 0 : time;
      partition = asked;
    }
    return timeMs;
  }

  /**
   * Moves time on, never back.
   *
   * @param recordTimeMs timestamp of the record that is read, milliseconds since the epoch
   * @param nowMs wall clock, milliseconds since the epoch
   * @return the time of the log, the record included
   */
  public long advance(int moved, long recordTimeMs, long nowMs) {
    if (recordTimeMs > at(moved) && recordTimeMs - nowMs <= MAX_AHEAD_MS) {
      timeMs = recordTimeMs;
      times.put(moved, timeMs);
    }
    return timeMs;
  }
}
