package io.alluvium.trainer.claim.window;

import java.util.List;

/**
 * Records of one adapter in one partition: the unit of training.
 *
 * @param partition partition number
 * @param adapter whose records they are
 * @param offsets of the records, rising, at least one
 * @param cause why it was cut
 */
public record Window(int partition, String adapter, List<Long> offsets, Cause cause) {

  /** Why a window was cut. */
  public enum Cause {
    /** It holds as many examples or tokens as a window takes. */
    FULL,
    /** Its oldest record waited for the age of a window, and there is enough to train and judge. */
    AGED,
    /**
     * Its oldest record waited as long as any may, or holds back too much of the partition: it goes
     * with what there is, enough or not.
     */
    OVERDUE
  }

  /** Copies the offsets and checks that there are some. */
  public Window {
    offsets = List.copyOf(offsets);
    if (offsets.isEmpty()) {
      throw new IllegalArgumentException("a window of " + adapter + " without records");
    }
  }

  /** Offset of the first record. */
  public long firstOffset() {
    return offsets.get(0);
  }

  /** Offset after the last record. */
  public long nextOffset() {
    return offsets.get(offsets.size() - 1) + 1;
  }
}
