package io.alluvium.trainer.claim.window;

import io.alluvium.trainer.claim.queue.Arrival;
import io.alluvium.trainer.claim.queue.WindowLimits;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Cuts windows, each of one adapter's records in one partition; a record is in exactly one. Who is
 * ready and whose turn it is follows from the log alone.
 *
 * <p>Of those that are ready the one goes first that has waited longest, where waiting begins when
 * the log took its oldest record or when its last round ended, whichever was later. So nobody that
 * is ready waits longer than one window of each other adapter that is ready.
 */
public final class WindowCutter {

  /**
   * What decides.
   *
   * @param limits when a window is cut
   * @param minHeldOut held-out records with which a candidate can be judged, at least 1
   * @param history what is known of adapters
   */
  public record Rules(WindowLimits limits, int minHeldOut, History history) {}

  /** What the log says of an adapter. */
  public interface History {
    /** Held-out records of earlier windows that its next candidate can be judged by. */
    int judges(String adapter);

    /** When its last round ended, milliseconds since the epoch; 0 before the first. */
    long servedMs(String adapter);

    /** Whether its records wait until somebody says otherwise. */
    boolean paused(String adapter);
  }

  private final Rules rules;
  private final Map<Integer, PartitionQueues> partitions = new TreeMap<>();

  /** Cuts by these rules. */
  public WindowCutter(Rules rules) {
    this.rules = rules;
  }

  /**
   * Starts a partition anew; what waited of it is forgotten.
   *
   * @param position from where on records come: the committed offset
   * @param settledBelow offset below which an adapter's records are settled, asked record by record
   */
  public void begin(int partition, long position, ToLongFunction<String> settledBelow) {
    partitions.put(partition, new PartitionQueues(partition, position, settledBelow));
  }

  /** Forgets a partition that belongs to somebody else now. */
  public void drop(int partition) {
    partitions.remove(partition);
  }

  /**
   * Takes a record, unless it is settled.
   *
   * @throws IllegalStateException when the partition was not begun or offsets go backwards
   */
  public void add(int partition, Arrival arrival) {
    begun(partition).add(arrival);
  }

  /** Tells that everything before the position was read, though not all of it were records. */
  public void advance(int partition, long position) {
    begun(partition).advance(position);
  }

  /** Tells that of a partition all that the log took up to now was read, or all that will be. */
  public void readUpTo(int partition, long nowMs) {
    begun(partition).readUpTo(nowMs);
  }

  /** The window whose turn it is, no longer waiting from now on; empty where none is ready. */
  public Optional<Window> cut() {
    return cut(partition -> true);
  }

  /** The same of these partitions alone; what others hold goes on waiting. */
  public Optional<Window> cut(IntPredicate which) {
    return standings()
        .filter(standing -> standing.why().ready() && which.test(standing.partition()))
        .min(
            Comparator.comparingLong(this::waitsSinceMs)
                .thenComparingLong(s -> begun(s.partition()).firstOffset(s.adapter()))
                .thenComparingInt(Standing::partition))
        .map(standing -> begun(standing.partition()).cut(standing, rules.limits()));
  }

  /** Offset of a partition before which nothing waits. */
  public long watermark(int partition) {
    return begun(partition).watermark();
  }

  /** Offset of a partition up to which it was read. */
  public long position(int partition) {
    return begun(partition).position();
  }

  /** Records of a partition that wait. */
  public long waiting(int partition) {
    return begun(partition).waiting();
  }

  /** Records of all partitions that wait. */
  public long waiting() {
    return partitions.values().stream().mapToLong(PartitionQueues::waiting).sum();
  }

  /** The partitions that were begun. */
  public List<Integer> partitions() {
    return List.copyOf(partitions.keySet());
  }

  /** How it stands with everybody who waits. */
  public Stream<Standing> standings() {
    return partitions.values().stream().flatMap(queues -> queues.standings(rules));
  }

  private long waitsSinceMs(Standing standing) {
    return Math.max(standing.oldestMs(), rules.history().servedMs(standing.adapter()));
  }

  private PartitionQueues begun(int partition) {
    PartitionQueues queues = partitions.get(partition);
    if (queues == null) {
      throw new IllegalStateException("partition " + partition + " was never begun");
    }
    return queues;
  }
}
