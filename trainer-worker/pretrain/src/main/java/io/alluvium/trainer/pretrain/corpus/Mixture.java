package io.alluvium.trainer.pretrain.corpus;

import io.alluvium.trainer.pretrain.letters.Dialogue;
import io.alluvium.trainer.pretrain.letters.LetterSkill;
import io.alluvium.trainer.pretrain.letters.Repetition;
import io.alluvium.trainer.pretrain.skill.Addition;
import io.alluvium.trainer.pretrain.skill.Skill;
import io.alluvium.trainer.pretrain.world.FactSkill;
import io.alluvium.trainer.pretrain.world.World;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * How often each skill appears in the corpus. Slow skills get more: sums and facts need several
 * times the records that repeating a word needs.
 *
 * @param shares positive relative frequency per skill name, one for every skill
 */
public record Mixture(Map<String, Double> shares) {

  static final List<Skill> SKILLS =
      List.of(
          new Addition(),
          LetterSkill.sorting(),
          LetterSkill.reversing(),
          new Repetition(),
          new Dialogue(),
          new FactSkill(World.invented()));

  /** Checks that every skill has a positive share and nothing else has one. */
  public Mixture {
    List<String> names = SKILLS.stream().map(Skill::name).toList();
    shares = Map.copyOf(shares);
    for (String name : names) {
      if (!(shares.getOrDefault(name, 0.0) > 0)) {
        throw new IllegalArgumentException(
            "mixture: skill '" + name + "' needs a share above 0; name all of " + names);
      }
    }
    if (shares.size() > names.size()) {
      throw new IllegalArgumentException(
          "mixture: " + shares.keySet() + " are not all of " + names);
    }
  }

  /** The shares the shipped base was trained with. */
  public static Mixture balanced() {
    return new Mixture(
        Map.of(
            "add",
            0.26,
            "sort",
            0.13,
            "reverse",
            0.16,
            "repeat",
            0.08,
            "dialogue",
            0.1,
            "facts",
            0.27));
  }

  Skill pick(RandomGenerator random) {
    double total = shares.values().stream().mapToDouble(Double::doubleValue).sum();
    double point = random.nextDouble() * total;
    for (Skill skill : SKILLS) {
      point -= shares.getOrDefault(skill.name(), 0.0);
      if (point < 0) {
        return skill;
      }
    }
    return SKILLS.get(SKILLS.size() - 1);
  }
}
