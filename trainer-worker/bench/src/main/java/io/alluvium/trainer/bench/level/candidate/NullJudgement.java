package io.alluvium.trainer.bench.level.candidate;

import io.alluvium.trainer.gate.Verdict;

/**
 * What the gate made of a candidate, and whether it was right.
 *
 * @param kind how the candidate was made
 * @param verdict of the gate
 * @param gain on all records that neither training nor gate saw, nats per response token, for one
 *     that is released; else NaN
 */
record NullJudgement(NullKind kind, Verdict verdict, double gain) {
  boolean isReleased() {
    return verdict instanceof Verdict.Pass;
  }

  /** Released, and yet no better. */
  boolean isFalse() {
    return isReleased() && !(gain > 0);
  }
}
