package io.alluvium.trainer.pretrain.corpus;

import io.alluvium.trainer.pretrain.skill.Skill;
import io.alluvium.trainer.pretrain.skill.SkillRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The endless stream of training records over all skills, and the fixed held-out suites. */
public final class Corpus {
  private static final long SUITE_SEED = 4_711L;

  private final Mixture mixture;

  /** A corpus whose skills appear as often as {@code mixture} says. */
  public Corpus(Mixture mixture) {
    this.mixture = mixture;
  }

  /** The next training record; its item is never a held-out one. */
  public SkillRecord next(RandomGenerator random) {
    Skill skill = mixture.pick(random);
    Skill.Draw draw = skill.draw(random);
    while (draw.heldOut()) {
      draw = skill.draw(random);
    }
    return draw.example();
  }

  /**
   * Distinct held-out records per skill, always the same ones.
   *
   * @param perSkill how many of each; a skill must have at least that many held-out items
   */
  public static Map<String, List<SkillRecord>> suites(int perSkill) {
    Map<String, List<SkillRecord>> suites = new LinkedHashMap<>();
    for (Skill skill : Mixture.SKILLS) {
      suites.put(skill.name(), suite(skill, perSkill));
    }
    return suites;
  }

  private static List<SkillRecord> suite(Skill skill, int size) {
    RandomGenerator random = new SplittableRandom(SUITE_SEED);
    Set<SkillRecord> suite = new LinkedHashSet<>();
    while (suite.size() < size) {
      Skill.Draw draw = skill.draw(random);
      if (draw.heldOut()) {
        suite.add(draw.example());
      }
    }
    return new ArrayList<>(suite);
  }
}
