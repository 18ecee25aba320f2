package io.alluvium.trainer.decoder.options;

/**
 * Derives seeds from seeds. Pure and fixed for ever: versions are re-derived with it. Needed
 * because {@link java.util.Random} begins almost alike for neighbouring seeds.
 */
public final class Seeds {
  private Seeds() {}

  /** A seed that depends on both numbers and their order (SplitMix64's finaliser). */
  public static long mix(long first, long second) {
    long z = first * 0x9E3779B97F4A7C15L + second + 0x632BE59BD9B4E019L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
