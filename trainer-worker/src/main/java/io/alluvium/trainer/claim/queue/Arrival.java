package io.alluvium.trainer.claim.queue;

/**
 * A record as it was taken from its partition.
 *
 * @param adapter whose it is
 * @param offset where it stands
 * @param tokens prompt and response tokens
 * @param appendedMs when the log took it, milliseconds since the epoch
 * @param side what it is for
 */
public record Arrival(String adapter, long offset, int tokens, long appendedMs, Side side) {

  /** What a record is for. */
  public enum Side {
    /** To train on. */
    TRAINING,
    /** To judge by. */
    HELD_OUT
  }
}
