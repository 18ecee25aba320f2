package io.alluvium.trainer.round.past;

import io.alluvium.trainer.gate.measure.GateInputs.Retention;
import io.alluvium.trainer.gate.measure.GateInputs.SkillScore;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The best that released versions of an adapter's line had on suites of old skills. A suite that is
 * changed is another suite, so scores on other questions hold nobody.
 *
 * @param bySuite exact match and loss, each the best of all versions, by the suite's digest
 */
public record BestSkills(Map<String, SkillScore> bySuite) {
  /** Of an adapter without a released version, or with one of a build that kept none. */
  public static final BestSkills NONE = new BestSkills(Map.of());

  /** Copies; equal scores have one order. */
  public BestSkills {
    bySuite = Map.copyOf(bySuite);
  }

  /** What was measured of a candidate, each skill held to its best version too. */
  public List<Retention> hold(List<Retention> measured) {
    return measured.stream().map(this::held).toList();
  }

  private Retention held(Retention skill) {
    SkillScore earlier = bySuite.get(skill.suite().digest());
    return earlier == null ? skill : skill.heldTo(earlier);
  }

  /**
   * Those of a candidate that is released. What was not measured stays as it was.
   *
   * @param held what {@link #hold} gave
   */
  public BestSkills released(List<Retention> held) {
    Map<String, SkillScore> best = new TreeMap<>(bySuite);
    held.forEach(skill -> best.put(skill.suite().digest(), skill.best().better(skill.candidate())));
    return new BestSkills(best);
  }
}
