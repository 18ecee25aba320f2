package io.alluvium.trainer.claim.window;

import io.alluvium.trainer.claim.queue.AdapterQueue;
import io.alluvium.trainer.claim.queue.Arrival;
import io.alluvium.trainer.claim.queue.WindowLimits;
import io.alluvium.trainer.claim.window.Standing.Why;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** What was read of one partition and waits, adapter by adapter. */
final class PartitionQueues {
  private final int partition;
  private final ToLongFunction<String> settledBelow;
  private final Map<String, AdapterQueue> queues = new HashMap<>();
  private long position;
  private long readUpToMs;

  /** Sizes of all queues: asked at every poll, when there may be very many. */
  private long waiting;

  /**
   * Begins.
   *
   * @param position from where on records come
   * @param settledBelow offset below which an adapter's records belong to windows that are done
   */
  PartitionQueues(int partition, long position, ToLongFunction<String> settledBelow) {
    this.partition = partition;
    this.position = position;
    this.settledBelow = settledBelow;
  }

  void add(Arrival arrival) {
    if (arrival.offset() < position) {
      throw new IllegalStateException(
          "partition %d: offset %d came after %d".formatted(partition, arrival.offset(), position));
    }
    if (arrival.offset() >= settledBelow.applyAsLong(arrival.adapter())) {
      queues.computeIfAbsent(arrival.adapter(), any -> new AdapterQueue()).add(arrival);
      waiting++;
    }
    position = arrival.offset() + 1;
    readUpToMs = Math.max(readUpToMs, arrival.appendedMs());
  }

  /** Transaction markers, aborted and foreign records count as passed. */
  void advance(long newPosition) {
    position = Math.max(position, newPosition);
  }

  /** Everything that the log took up to then was read. */
  void readUpTo(long nowMs) {
    readUpToMs = Math.max(readUpToMs, nowMs);
  }

  long position() {
    return position;
  }

  /** Nothing before it waits. */
  long watermark() {
    return queues.values().stream()
        .mapToLong(AdapterQueue::firstOffset)
        .reduce(position, Math::min);
  }

  long waiting() {
    return waiting;
  }

  Stream<Standing> standings(WindowCutter.Rules rules) {
    return queues.entrySet().stream()
        .map(
            waiting -> {
              AdapterQueue queue = waiting.getValue();
              Why why = why(waiting.getKey(), queue, rules);
              return new Standing(
                  partition, waiting.getKey(), queue.size(), queue.firstAppendedMs(), why);
            });
  }

  long firstOffset(String adapter) {
    return queue(adapter).firstOffset();
  }

  Window cut(Standing standing, WindowLimits limits) {
    AdapterQueue queue = queue(standing.adapter());
    Window.Cause cause = standing.why().cause();
    if (cause == null) {
      throw new IllegalStateException(standing + " is not ready");
    }
    Window window = new Window(partition, standing.adapter(), queue.take(limits), cause);
    waiting -= window.offsets().size();
    if (queue.size() == 0) {
      queues.remove(standing.adapter());
    }
    return window;
  }

  private AdapterQueue queue(String adapter) {
    AdapterQueue queue = queues.get(adapter);
    if (queue == null) {
      throw new IllegalStateException("nothing of " + adapter + " waits in " + partition);
    }
    return queue;
  }

  /** Ages are of the log: how far it was read, and not when that happened. */
  private Why why(String adapter, AdapterQueue queue, WindowCutter.Rules rules) {
    if (rules.history().paused(adapter)) {
      return Why.PAUSED;
    }
    WindowLimits limits = rules.limits();
    long ageMs = readUpToMs - queue.firstAppendedMs();
    if (queue.full(limits)) {
      return Why.READY_FULL;
    }
    if (ageMs >= limits.longest().age().toMillis()
        || position - queue.firstOffset() > limits.longest().behind()) {
      return Why.READY_OVERDUE;
    }
    if (queue.training() < limits.training()) {
      return Why.TOO_FEW_TO_TRAIN;
    }
    if (queue.heldOut() + rules.history().judges(adapter) < rules.minHeldOut()) {
      return Why.TOO_FEW_TO_JUDGE;
    }
    return ageMs >= limits.age().toMillis() ? Why.READY_AGED : Why.YOUNG;
  }
}
