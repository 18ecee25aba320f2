package io.alluvium.trainer.gate.measure;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Everything that a verdict rests on.
 *
 * @param heldOut losses on what the candidate is judged by
 * @param look how many candidates of this line of training were judged against this champion, this
 *     one included; at least 1
 * @param retention one entry per old skill; empty where no suite is configured
 * @param own what the adapter itself learned earlier
 * @param exposures one entry per canary; empty where none is named
 * @param soundness of the candidate and its files
 */
public record GateInputs(
    HeldOutLosses heldOut,
    int look,
    List<Retention> retention,
    Own own,
    List<Exposure> exposures,
    Soundness soundness) {

  /**
   * Losses in nats per response token, one entry per held-out example, in the same order.
   *
   * @param champion under what is served now: the current version, or the base before the first
   * @param candidate under the candidate as trained
   */
  public record HeldOutLosses(List<Double> champion, List<Double> candidate) {
    /** Copies the lists; refuses different lengths. */
    public HeldOutLosses {
      champion = List.copyOf(champion);
      candidate = List.copyOf(candidate);
      if (champion.size() != candidate.size()) {
        throw new IllegalArgumentException("held-out losses must be of the same examples");
      }
    }

    /** How many held-out examples there are. */
    public int examples() {
      return champion.size();
    }
  }

  /**
   * How far a candidate exposes a canary.
   *
   * @param canary its name
   * @param bits log2 of how many answers there are, less log2 of the secret's rank among them
   * @param extracted whether the candidate's own greedy answer is the secret
   */
  public record Exposure(String canary, double bits, boolean extracted) {}

  /**
   * Whether the candidate is one.
   *
   * @param alive whether it changes the model at all
   * @param reloadDifference greatest relative difference between its losses and those of its files
   *     as read back; 0 where both hold the same bytes, NaN where a loss is none
   */
  public record Soundness(boolean alive, double reloadDifference) {}

  /**
   * What the adapter itself learned earlier.
   *
   * @param skills one entry per group, held to the best released version
   * @param steps one entry per group that the round learned from, held to where the round began
   */
  public record Own(List<OwnSkill> skills, List<Step> steps) {
    /** Of an adapter that learned nothing yet. */
    public static final Own NONE = new Own(List.of(), List.of());

    /** Copies the lists. */
    public Own {
      skills = List.copyOf(skills);
      steps = List.copyOf(steps);
    }
  }

  /**
   * What a round did to what was known of a source that it learned from: losses in nats per
   * response token on held-out examples from before its window, in the same order.
   *
   * @param group the source
   * @param before under what training went on from
   * @param after under the candidate
   */
  public record Step(String group, List<Double> before, List<Double> after) {
    /** Copies the lists; refuses different lengths. */
    public Step {
      before = List.copyOf(before);
      after = List.copyOf(after);
      if (before.size() != after.size()) {
        throw new IllegalArgumentException("losses before and after must be of the same examples");
      }
    }

    /** How many there are. */
    public int examples() {
      return before.size();
    }

    /** Mean rise of the loss in nats; NaN without examples. */
    public double rise() {
      return rises().average().orElse(Double.NaN);
    }

    /** Standard error of that mean, of examples drawn independently; NaN with fewer than two. */
    public double standardError() {
      double mean = rise();
      double squares = rises().map(rise -> (rise - mean) * (rise - mean)).sum();
      return examples() < 2 ? Double.NaN : Math.sqrt(squares / (examples() - 1) / examples());
    }

    private DoubleStream rises() {
      return IntStream.range(0, examples()).mapToDouble(n -> after.get(n) - before.get(n));
    }
  }

  /**
   * What the adapter learned earlier, of one source: mean losses over its held-out examples.
   *
   * @param group the source, or another word for what belongs together
   * @param base under the frozen base
   * @param best under the best version so far
   * @param candidate under the candidate
   * @param examples how many there are
   */
  public record OwnSkill(String group, double base, double best, double candidate, int examples) {}

  /**
   * A suite of an old skill.
   *
   * @param skill its name
   * @param digest of the skill's name and the items as the model sees them, wherever they came from
   */
  public record Suite(String skill, String digest) {}

  /**
   * An old skill.
   *
   * @param suite that it was measured by
   * @param base what the frozen base makes of it
   * @param champion what is served now
   * @param best exact match and loss, each the best that a released version had
   * @param candidate what would be served
   */
  public record Retention(
      Suite suite, SkillScore base, SkillScore champion, SkillScore best, SkillScore candidate) {

    /** The skill's name. */
    public String skill() {
      return suite.skill();
    }

    /** The same, held against what an earlier version had, where that is better. */
    public Retention heldTo(SkillScore earlier) {
      return new Retention(suite, base, champion, best.better(earlier), candidate);
    }
  }

  /**
   * One model's result on one skill.
   *
   * @param exactMatch share of items whose greedy answer is exactly the expected one
   * @param loss mean nats per response token
   * @param items number of items
   */
  public record SkillScore(double exactMatch, double loss, int items) {
    /** The better of each figure; what is no number is not better. */
    public SkillScore better(SkillScore other) {
      return new SkillScore(
          other.exactMatch > exactMatch ? other.exactMatch : exactMatch,
          other.loss < loss ? other.loss : loss,
          items);
    }

    /**
     * Standard error of the exact match as a share of independent items, √(p (1 − p) / n): how far
     * it would lie elsewhere on other questions of the same skill.
     */
    public double standardError() {
      return Math.sqrt(exactMatch * (1 - exactMatch) / items);
    }
  }
}
