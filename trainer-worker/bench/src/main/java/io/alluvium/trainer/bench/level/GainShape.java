package io.alluvium.trainer.bench.level;

import java.util.Random;
import java.util.function.ToDoubleFunction;

/** Gains of a candidate that is on average no better: distributions with mean 0. */
public enum GainShape {
  /** The bell, with deviation 1. */
  NORMAL("normal", /* claimed= */ true, Random::nextGaussian),
  /** Student's t with three degrees of freedom: heavy tails. */
  HEAVY_TAILS("t(3)", /* claimed= */ true, GainShape::student3),
  /** Rare large wins. */
  RARE_WINS("exponential - 1", /* claimed= */ true, random -> exponential(random) - 1),
  /** Rare large losses, skewness -2. */
  RARE_LOSSES("1 - exponential", /* claimed= */ true, random -> 1 - exponential(random)),
  /** Rarer and larger losses, skewness -2.8: one less the square of a normal. */
  LARGE_LOSSES(
      "1 - normal^2", /* claimed= */ true, random -> 1 - Math.pow(random.nextGaussian(), 2)),
  /** Few values, mostly zero. */
  TIES("ties", /* claimed= */ true, GainShape::tied),
  /** Two values. */
  COIN("coin", /* claimed= */ true, random -> random.nextBoolean() ? 0.1 : -0.1),
  /** One small win always, but for one loss in 20 that takes all back. */
  ONE_IN_20("0.05, or -0.95: 5 %", /* claimed= */ true, random -> oneIn(random, 20)),
  /** The same, one loss in 50. */
  ONE_IN_50("0.02, or -0.98: 2 %", /* claimed= */ true, random -> oneIn(random, 50)),
  /** Losses with a log-normal tail. */
  LOG_NORMAL_LOSSES(
      "log-normal losses",
      /* claimed= */ false,
      random -> Math.exp(0.28125) - Math.exp(0.75 * random.nextGaussian())),
  /** One loss in 20 behind wins that differ. */
  HIDDEN_ONE_IN_20(
      "5 % in noise",
      /* claimed= */ false, random -> oneIn(random, 20) + 0.05 * random.nextGaussian()),
  /** One loss in 50 behind wins that differ. */
  HIDDEN_ONE_IN_50(
      "2 % in noise",
      /* claimed= */ false, random -> oneIn(random, 50) + 0.05 * random.nextGaussian());

  private static final double[] TIED = {-0.2, -0.1, 0, 0, 0, 0, 0.1, 0.2};

  private final String text;
  private final boolean claimed;

  // A function of its argument alone, which its type cannot say.
  @SuppressWarnings("ImmutableEnumChecker")
  private final ToDoubleFunction<Random> draw;

  GainShape(String text, boolean claimed, ToDoubleFunction<Random> draw) {
    this.text = text;
    this.claimed = claimed;
    this.draw = draw;
  }

  /** In a table. */
  public String text() {
    return text;
  }

  /** Whether the bound claims to keep its level here, from the gate's default minHeldOut on. */
  public boolean claimed() {
    return claimed;
  }

  /** A sample. */
  public double[] draw(int count, Random random) {
    double[] gains = new double[count];
    for (int n = 0; n < count; n++) {
      gains[n] = draw.applyAsDouble(random);
    }
    return gains;
  }

  private static double tied(Random random) {
    return TIED[random.nextInt(TIED.length)];
  }

  private static double oneIn(Random random, int many) {
    return (random.nextInt(many) == 0 ? -1 : 0) + 1.0 / many;
  }

  private static double exponential(Random random) {
    return -Math.log(1 - random.nextDouble());
  }

  private static double student3(Random random) {
    double square = 0;
    for (int n = 0; n < 3; n++) {
      square += Math.pow(random.nextGaussian(), 2);
    }
    return random.nextGaussian() / Math.sqrt(square / 3);
  }
}
