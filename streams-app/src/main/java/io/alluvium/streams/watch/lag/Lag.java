package io.alluvium.streams.watch.lag;

/**
 * What waits on a topic.
 *
 * @param ageSeconds age of the oldest waiting record; NaN when unknown
 * @param records how many wait; NaN when unknown
 */
public record Lag(double ageSeconds, double records) {
  /** Nothing waits. */
  public static final Lag DRAINED = new Lag(0, 0);

  /** The broker did not say. */
  public static final Lag UNKNOWN = new Lag(Double.NaN, Double.NaN);

  /** Of two partitions together: the older age, the sum of records. */
  Lag and(Lag other) {
    return new Lag(Math.max(ageSeconds, other.ageSeconds), records + other.records);
  }
}
