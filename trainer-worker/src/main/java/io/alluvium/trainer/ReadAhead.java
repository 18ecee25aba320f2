package io.alluvium.trainer;

import io.alluvium.trainer.claim.window.WindowCutter;
import java.util.HashSet;
import java.util.Set;

/** Which partitions hold enough: they are read on once a quarter of it has gone. */
final class ReadAhead {
  private final long most;
  private final WindowCutter cutter;
  private final Set<Integer> full = new HashSet<>();

  /**
   * Bounds what waits.
   *
   * @param most records of a partition that may wait
   */
  ReadAhead(long most, WindowCutter cutter) {
    this.most = most;
    this.cutter = cutter;
  }

  /** Partitions of which nothing more is to be read now. */
  Set<Integer> full() {
    full.retainAll(cutter.partitions());
    full.removeIf(partition -> cutter.waiting(partition) < most - most / 4);
    cutter.partitions().stream()
        .filter(partition -> cutter.waiting(partition) >= most)
        .forEach(full::add);
    return Set.copyOf(full);
  }
}
