package io.alluvium.stack.state;

/**
 * What became of one process that died.
 *
 * @param count how often it was started again
 * @param lastEnd why it ended the last time; empty when it never did
 * @param givenUp whether it is left as it is
 */
public record Restarts(int count, String lastEnd, boolean givenUp) {
  /** Of a process that never died. */
  public static final Restarts NONE = new Restarts(0, "", false);

  /**
   * It died and will be started again.
   *
   * @param reason why it ended
   */
  public Restarts died(String reason) {
    return new Restarts(count, reason, false);
  }

  /** It was started again. */
  public Restarts again() {
    return new Restarts(count + 1, lastEnd, false);
  }

  /**
   * It died and is left as it is.
   *
   * @param reason why it ended and is not started again
   */
  public Restarts left(String reason) {
    return new Restarts(count, reason, true);
  }
}
