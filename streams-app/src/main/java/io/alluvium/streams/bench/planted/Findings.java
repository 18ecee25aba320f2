package io.alluvium.streams.bench.planted;

/**
 * How well a rule finds what was planted.
 *
 * @param rule its name
 * @param planted records in which it should find something
 * @param found those in which it did
 * @param falsePositives records without it in which it found something all the same
 */
public record Findings(String rule, int planted, int found, int falsePositives) {
  /** Of what it found, what was planted; 1 when it found nothing. */
  public double precision() {
    return found + falsePositives == 0 ? 1 : (double) found / (found + falsePositives);
  }

  /** Of what was planted, what it found; 1 when nothing was. */
  public double recall() {
    return planted == 0 ? 1 : (double) found / planted;
  }
}
