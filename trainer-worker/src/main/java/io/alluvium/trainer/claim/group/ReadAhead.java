package io.alluvium.trainer.claim.group;

import java.util.HashSet;
import java.util.Set;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;

/** Which partitions hold enough: they are read on once a quarter of it has gone. */
public final class ReadAhead {
  private final long most;
  private final Supplier<Set<Integer>> partitions;
  private final IntToLongFunction waiting;
  private final Set<Integer> full = new HashSet<>();

  /**
   * Bounds what waits.
   *
   * @param most records of a partition that may wait
   * @param partitions those that are read
   * @param waiting records of a partition that wait
   */
  public ReadAhead(long most, Supplier<Set<Integer>> partitions, IntToLongFunction waiting) {
    this.most = most;
    this.partitions = partitions;
    this.waiting = waiting;
  }

  /** Partitions of which nothing more is to be read now. */
  public Set<Integer> full() {
    Set<Integer> owned = partitions.get();
    full.retainAll(owned);
    full.removeIf(partition -> waiting.applyAsLong(partition) < most - most / 4);
    owned.stream().filter(partition -> waiting.applyAsLong(partition) >= most).forEach(full::add);
    return Set.copyOf(full);
  }
}
