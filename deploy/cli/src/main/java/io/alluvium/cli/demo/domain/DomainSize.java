package io.alluvium.cli.demo.domain;

import io.alluvium.cli.demo.domain.question.RepairRule;

/**
 * How much of everything the demo sends.
 *
 * @param questions good questions in the stream
 * @param heldOut questions kept for measuring, never sent
 * @param models product models
 * @param faults planted faults of each kind
 * @param limitCharacters length above which a record is refused; the over-long ones exceed it
 */
public record DomainSize(
    int questions, int heldOut, int models, FaultCounts faults, int limitCharacters) {

  /** Checks that there are enough different questions. */
  public DomainSize {
    int different = models * RepairRule.ERRORS * 4;
    if (questions < 16 || questions + heldOut > different) {
      throw new IllegalArgumentException(
          "%d questions and %d held out are asked for, possible are 16 to %d in all"
              .formatted(questions, heldOut, different));
    }
  }

  /** The demo's own size for a number of questions and a limit of length. */
  public static DomainSize of(int questions, int limitCharacters) {
    return new DomainSize(questions, 120, 96, FaultCounts.few(), limitCharacters);
  }

  /**
   * Planted faults.
   *
   * @param sameId records sent again as they are
   * @param sameText records sent again under another id
   * @param emptyAnswers records without an answer
   * @param overLong records above the limit
   * @param wrongBytes values that are no Avro
   */
  public record FaultCounts(
      int sameId, int sameText, int emptyAnswers, int overLong, int wrongBytes) {

    static FaultCounts few() {
      return new FaultCounts(24, 16, 12, 8, 6);
    }

    /** All of them. */
    public int total() {
      return sameId + sameText + emptyAnswers + overLong + wrongBytes;
    }
  }
}
