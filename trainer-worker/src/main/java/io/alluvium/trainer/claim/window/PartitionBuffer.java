package io.alluvium.trainer.claim.window;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What has been polled of one partition and not been cut yet. */
final class PartitionBuffer<T> {
  private final int partition;
  private final Deque<Arrival<T>> arrivals = new ArrayDeque<>();
  private long begin;
  private long position;
  private long tokens;

  PartitionBuffer(int partition, long begin) {
    this.partition = partition;
    this.begin = begin;
    this.position = begin;
  }

  void add(Arrival<T> arrival) {
    if (arrival.offset() < position) {
      throw new IllegalStateException(
          "partition %d: offset %d came after %d".formatted(partition, arrival.offset(), position));
    }
    arrivals.addLast(arrival);
    position = arrival.offset() + 1;
    tokens += arrival.tokens();
  }

  /** Transaction markers and aborted records count as passed: lag must reach zero. */
  void advance(long newPosition) {
    position = Math.max(position, newPosition);
  }

  boolean full(WindowLimits limits) {
    return !arrivals.isEmpty()
        && (arrivals.size() >= limits.examples() || tokens >= limits.tokens());
  }

  boolean aged(WindowLimits limits, long nowMs) {
    return !arrivals.isEmpty() && nowMs - firstArrivedMs() >= limits.age().toMillis();
  }

  long firstArrivedMs() {
    return arrivals.isEmpty() ? Long.MAX_VALUE : arrivals.getFirst().arrivedMs();
  }

  Window<T> cut(WindowLimits limits) {
    List<T> taken = new ArrayList<>();
    long next = begin;
    long takenTokens = 0;
    do {
      Arrival<T> arrival = arrivals.removeFirst();
      taken.add(arrival.record());
      next = arrival.offset() + 1;
      takenTokens += arrival.tokens();
    } while (!arrivals.isEmpty()
        && taken.size() < limits.examples()
        && takenTokens + arrivals.getFirst().tokens() <= limits.tokens());
    tokens -= takenTokens;
    return emit(taken, arrivals.isEmpty() ? position : next);
  }

  private Window<T> emit(List<T> taken, long next) {
    Window<T> window = new Window<>(partition, begin, next, taken);
    begin = next;
    return window;
  }

  List<T> records() {
    return arrivals.stream().map(Arrival::record).toList();
  }
}
