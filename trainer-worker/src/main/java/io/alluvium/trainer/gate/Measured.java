package io.alluvium.trainer.gate;

import java.util.List;

/**
 * Everything that a verdict rests on.
 *
 * @param heldOut held-out losses of the window
 * @param retention one entry per old skill; empty where no suite is configured
 * @param alive whether any B of the candidate is not zero
 */
public record Measured(HeldOutLosses heldOut, List<Retention> retention, boolean alive) {

  /**
   * Losses in nats per response token, one entry per held-out example, in the same order.
   *
   * @param champion under what is served now: the current version, or the base before the first
   * @param candidate under the candidate as trained
   * @param reloaded under the candidate as read back from its files
   */
  public record HeldOutLosses(
      List<Double> champion, List<Double> candidate, List<Double> reloaded) {
    /** Copies the lists; refuses different lengths. */
    public HeldOutLosses {
      champion = List.copyOf(champion);
      candidate = List.copyOf(candidate);
      reloaded = List.copyOf(reloaded);
      if (champion.size() != candidate.size() || candidate.size() != reloaded.size()) {
        throw new IllegalArgumentException("held-out losses must be of the same examples");
      }
    }

    int examples() {
      return champion.size();
    }
  }

  /**
   * An old skill.
   *
   * @param skill its name
   * @param base what the frozen base makes of it
   * @param champion what is served now
   * @param candidate what would be served
   */
  public record Retention(
      String skill, SkillScore base, SkillScore champion, SkillScore candidate) {}

  /**
   * One model's result on one skill.
   *
   * @param exactMatch share of items whose greedy answer is exactly the expected one
   * @param loss mean nats per response token
   * @param items number of items
   */
  public record SkillScore(double exactMatch, double loss, int items) {}
}
