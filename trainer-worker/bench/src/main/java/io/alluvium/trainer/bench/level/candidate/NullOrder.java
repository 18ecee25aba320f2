package io.alluvium.trainer.bench.level.candidate;

/**
 * What null candidates are made of.
 *
 * @param base folder
 * @param candidates of shuffled answers, at least 1; a tenth as many take a step of length zero
 * @param taught records that the champion learned, in windows of 256 as they come; so many that it
 *     knows which answers there are, or a shuffled window still teaches that
 * @param window records that a candidate learns beyond its champion
 * @param heldOut records that judge a candidate
 * @param seed of all that is drawn
 */
public record NullOrder(
    String base, int candidates, int taught, int window, int heldOut, long seed) {
  /**
   * A record.
   *
   * @param prompt what is given
   * @param completion the answer
   */
  public record Example(String prompt, String completion) {}

  /** How many records it takes at least. */
  public int records() {
    return taught + window + heldOut;
  }
}
