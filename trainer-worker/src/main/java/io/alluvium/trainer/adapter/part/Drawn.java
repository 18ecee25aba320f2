package io.alluvium.trainer.adapter.part;

import java.util.Random;

/**
 * Numbers that are drawn once and never trained: the same bytes everywhere, since {@link Random} is
 * specified to the bit and Java's arithmetic is strict.
 */
public final class Drawn {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Drawn() {}

  /** Numbers of a seed and a name. */
  public static Random random(String name, long seed) {
    return new Random((seed * GOLDEN) ^ name.hashCode());
  }

  /** Uniform in ±bound, of which the variance is bound² / 3. */
  public static float[] uniform(Random random, int size, double bound) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    return values;
  }

  /** Whether any value is not zero. */
  public static boolean anyNonZero(float[] values) {
    for (float value : values) {
      if (value != 0) {
        return true;
      }
    }
    return false;
  }
}
