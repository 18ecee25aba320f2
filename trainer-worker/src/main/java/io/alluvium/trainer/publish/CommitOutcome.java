package io.alluvium.trainer.publish;

/** How a publication ended, as far as it can be known. */
public sealed interface CommitOutcome {

  /** All of it is committed. */
  record Published() implements CommitOutcome {}

  /**
   * Surely nothing of it is committed: the partitions moved on, or the broker aborted. The producer
   * stays usable; go back to the last committed offset.
   */
  record Superseded(String why) implements CommitOutcome {}

  /** Surely nothing of it is committed: a newer producer with our name took over. Start anew. */
  record Fenced(String why) implements CommitOutcome {}

  /**
   * The answer to the commit was lost. Touch nothing: start anew, which settles the transaction,
   * and look at what was committed.
   */
  record Unknown(String why) implements CommitOutcome {}
}
