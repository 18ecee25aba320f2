package io.alluvium.streams.hold;

/** Hashes that are the same everywhere: randomness that a restart repeats. Pure. */
public final class StableHash {
  private static final long FNV_START = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;
  private static final double TO_UNIT = 0x1p-53;

  private StableHash() {}

  /** Of a text; never 0. */
  public static long of(String text) {
    long hash = FNV_START;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    long mixed = mixed(hash);
    return mixed == 0 ? 1 : mixed;
  }

  /** Of two numbers. */
  public static long of(long one, long other) {
    return mixed(mixed(one + GOLDEN) ^ (other + GOLDEN));
  }

  /** A number above 0 and below 1 from a hash. */
  public static double uniform(long hash) {
    return ((hash >>> 11) + 0.5) * TO_UNIT;
  }

  /** SplitMix64's finaliser. */
  private static long mixed(long seed) {
    long z = (seed ^ (seed >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
