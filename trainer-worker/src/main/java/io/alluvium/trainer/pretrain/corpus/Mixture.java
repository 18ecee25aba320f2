package io.alluvium.trainer.pretrain.corpus;

import io.alluvium.trainer.pretrain.skill.Skill;
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

  /** Checks that every skill has a positive share and nothing else has one. */
  public Mixture {
    List<String> names = Skill.all().stream().map(Skill::name).toList();
    shares = Map.copyOf(shares);
    for (String name : names) {
      if (!(shares.getOrDefault(name, 0.0) > 0)) {
        throw new IllegalArgumentException(
            "mixture: skill '" + name + "' needs a share above 0; name all of " + names);
      }
    }
    if (shares.size() > names.size()) {
      throw new IllegalArgumentException("mixture: " + shares.keySet() + " are not all of " + names);
    }
  }

  /** The shares the shipped base was trained with. */
  public static Mixture balanced() {
    return new Mixture(
        Map.of(
            "add", 0.26, "sort", 0.13, "reverse", 0.16, "repeat", 0.08, "dialogue", 0.1, "facts",
            0.27));
  }

  Skill pick(RandomGenerator random) {
    double total = shares.values().stream().mapToDouble(Double::doubleValue).sum();
    double point = random.nextDouble() * total;
    List<Skill> skills = Skill.all();
    for (Skill skill : skills) {
      point -= shares.getOrDefault(skill.name(), 0.0);
      if (point < 0) {
        return skill;
      }
    }
    return skills.get(skills.size() - 1);
  }
}
