package io.alluvium.trainer.claim.window;

import io.alluvium.trainer.claim.window.Window.Cause;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with what waits of one adapter in one partition.
 *
 * @param partition partition number
 * @param adapter the adapter
 * @param records how many wait, at least one
 * @param oldestMs when the log took the oldest, milliseconds since the epoch
 * @param why what they wait for
 */
public record Standing(int partition, String adapter, long records, long oldestMs, Why why) {

  /** What records wait for. */
  public enum Why {
    /** More of them, or the age of a window. */
    YOUNG(null),
    /** More of them to train on. */
    TOO_FEW_TO_TRAIN(null),
    /** More held-out ones. */
    TOO_FEW_TO_JUDGE(null),
    /** An order to resume training of their adapter, or a rollback that comes first. */
    PAUSED(null),
    /** Their turn: there is a full window. */
    READY_FULL(Cause.FULL),
    /** Their turn: they are old enough. */
    READY_AGED(Cause.AGED),
    /** Their turn: they waited as long as any may. */
    READY_OVERDUE(Cause.OVERDUE);

    private final @Nullable Cause cause;

    Why(@Nullable Cause cause) {
      this.cause = cause;
    }

    /** Whether a window can be cut. */
    public boolean ready() {
      return cause != null;
    }

    /** Why a window is cut; null where none can be. */
    @Nullable Cause cause() {
      return cause;
    }
  }
}
