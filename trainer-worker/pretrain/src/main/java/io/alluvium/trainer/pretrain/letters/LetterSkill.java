package io.alluvium.trainer.pretrain.letters;

import io.alluvium.trainer.pretrain.skill.HeldOut;
import io.alluvium.trainer.pretrain.skill.Skill;
import io.alluvium.trainer.pretrain.skill.SkillRecord;
import java.util.random.RandomGenerator;

/** Putting three to six random letters into alphabetical or into opposite order. */
public final class LetterSkill implements Skill {
  private static final int SHORTEST = 3;
  private static final int LONGEST = 6;

  private final String verb;

  private LetterSkill(String verb) {
    this.verb = verb;
  }

  /** Letters into alphabetical order; a letter may occur more than once. */
  public static Skill sorting() {
    return new LetterSkill("sort");
  }

  /** Letters from the last to the first. */
  public static Skill reversing() {
    return new LetterSkill("reverse");
  }

  @Override
  public String name() {
    return verb;
  }

  @Override
  public Draw draw(RandomGenerator random) {
    String letters = letters(random);
    String prompt = verb + " " + letters + ":";
    return new Draw(new SkillRecord(verb, prompt, " " + answer(letters)), HeldOut.byHash(prompt));
  }

  private static String letters(RandomGenerator random) {
    StringBuilder letters = new StringBuilder();
    int length = random.nextInt(SHORTEST, LONGEST + 1);
    for (int i = 0; i < length; i++) {
      letters.append((char) ('a' + random.nextInt(26)));
    }
    return letters.toString();
  }

  private String answer(String letters) {
    StringBuilder answer = new StringBuilder();
    if (verb.equals("reverse")) {
      return answer.append(letters).reverse().toString();
    }
    letters.chars().sorted().forEach(answer::appendCodePoint);
    return answer.toString();
  }
}
