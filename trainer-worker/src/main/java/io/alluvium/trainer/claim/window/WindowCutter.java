package io.alluvium.trainer.claim.window;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Cuts the stream of each partition into windows. Ranges of one partition follow each other without
 * gap; a record is in exactly one of them.
 *
 * @param <T> type of a record
 */
public final class WindowCutter<T> {
  /** Long enough for a fetch on a busy machine, short beside any sensible age. */
  private static final long CATCHING_UP_MS = 2_000;

  private final WindowLimits limits;
  private long ageCutsFromMs = Long.MIN_VALUE;
  private final Map<Integer, PartitionBuffer<T>> buffers = new TreeMap<>();

  /** Cuts by these limits. */
  public WindowCutter(WindowLimits limits) {
    this.limits = limits;
  }

  /**
   * Starts a partition anew; what was buffered of it is dropped.
   *
   * @param position where its first window begins: the committed offset
   */
  public void begin(int partition, long position) {
    buffers.put(partition, new PartitionBuffer<>(partition, position));
  }

  /** Forgets a partition that belongs to somebody else now. */
  public void drop(int partition) {
    buffers.remove(partition);
  }

  /**
   * Takes a record.
   *
   * @throws IllegalStateException when the partition was not begun or offsets go backwards
   */
  public void add(int partition, Arrival<T> arrival) {
    begun(partition).add(arrival);
  }

  /** Tells that everything before the position was read, though not all of it were records. */
  public void advance(int partition, long position) {
    begun(partition).advance(position);
  }

  /**
   * Tells that nothing was read for a while until now, because a round ran. Records that came in
   * meanwhile get a moment to be read before age cuts a window: else a few left-overs of the last
   * poll would make a window of their own while hundreds wait behind them.
   */
  public void readingAgain(long nowMs) {
    ageCutsFromMs = nowMs + CATCHING_UP_MS;
  }

  /** The window that has waited longest among those that are full now, removed from the buffer. */
  public Optional<Window<T>> cut(long nowMs) {
    return buffers.values().stream()
        .filter(
            buffer -> buffer.full(limits) || (nowMs >= ageCutsFromMs && buffer.aged(limits, nowMs)))
        .min(Comparator.comparingLong(PartitionBuffer::firstArrivedMs))
        .map(buffer -> buffer.cut(limits));
  }

  /** Everything buffered, in partition and offset order. */
  public List<T> waiting() {
    return buffers.values().stream().flatMap(buffer -> buffer.records().stream()).toList();
  }

  private PartitionBuffer<T> begun(int partition) {
    PartitionBuffer<T> buffer = buffers.get(partition);
    if (buffer == null) {
      throw new IllegalStateException("partition " + partition + " was never begun");
    }
    return buffer;
  }
}
