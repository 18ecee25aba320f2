package io.alluvium.trainer.pretrain.world;

import io.alluvium.trainer.pretrain.skill.Skill;
import io.alluvium.trainer.pretrain.skill.SkillRecord;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Facts of the invented world, asked in several wordings. An item is a fact in a wording: all facts
 * are trained, but each lacks one wording, and that wording is the held-out question.
 */
public final class FactSkill implements Skill {
  private static final List<String> WORDINGS =
      List.of(
          "what is the %2$s of %1$s?",
          "name the %2$s of %1$s:",
          "the %2$s of %1$s is",
          "%1$s has which %2$s?",
          "tell me the %2$s %1$s has:");

  private final World world;

  /** Questions about {@code world}. */
  public FactSkill(World world) {
    this.world = world;
  }

  @Override
  public String name() {
    return "facts";
  }

  @Override
  public Draw draw(RandomGenerator random) {
    int number = random.nextInt(world.facts().size());
    int wording = random.nextInt(WORDINGS.size());
    World.Fact fact = world.facts().get(number);
    String prompt = WORDINGS.get(wording).formatted(fact.town(), fact.attribute());
    boolean heldOut = wording == number % WORDINGS.size();
    return new Draw(new SkillRecord(name(), prompt, " " + fact.value()), heldOut);
  }
}
