package io.alluvium.trainer.pretrain.letters;

import io.alluvium.trainer.pretrain.skill.HeldOut;
import io.alluvium.trainer.pretrain.skill.Skill;
import io.alluvium.trainer.pretrain.skill.SkillRecord;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/** Saying a made-up word once, twice or thrice. */
public final class Repetition implements Skill {
  private static final List<String> TIMES = List.of("once", "twice", "thrice");

  @Override
  public String name() {
    return "repeat";
  }

  @Override
  public Draw draw(RandomGenerator random) {
    String word = Words.word(random);
    int times = random.nextInt(TIMES.size());
    String prompt = "say " + word + " " + TIMES.get(times) + ":";
    String answer = String.join(" ", Collections.nCopies(times + 1, word));
    return new Draw(new SkillRecord(name(), prompt, " " + answer), HeldOut.byHash(prompt));
  }
}
