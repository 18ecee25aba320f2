package io.alluvium.cli.bench.waiting.measure;

/**
 * Seconds since a moment.
 *
 * @param beginNs by the machine's clock for spans
 */
public record Stopwatch(long beginNs) {
  private static final double SECOND = 1e9;

  /** From now. */
  public static Stopwatch start() {
    return new Stopwatch(System.nanoTime());
  }

  /** Seconds since then. */
  public double seconds() {
    return (System.nanoTime() - beginNs) / SECOND;
  }
}
