package io.alluvium.trainer.pretrain.skill;

import java.util.random.RandomGenerator;

/**
 * Sums of two numbers below fifty. An item is the unordered pair, so that {@code 3 + 7} in training
 * cannot give away a held-out {@code 7 + 3}.
 */
public final class Addition implements Skill {
  private static final int OPERANDS = 50;

  @Override
  public String name() {
    return "add";
  }

  @Override
  public Draw draw(RandomGenerator random) {
    int a = random.nextInt(OPERANDS);
    int b = random.nextInt(OPERANDS);
    String item = "add " + Math.min(a, b) + " " + Math.max(a, b);
    return new Draw(
        new SkillRecord(name(), a + " + " + b + " =", " " + (a + b)), HeldOut.byHash(item));
  }
}
