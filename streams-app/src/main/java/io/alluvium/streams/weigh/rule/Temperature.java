package io.alluvium.streams.weigh.rule;

/**
 * The temperature in force for one base and adapter. Immutable.
 *
 * @param birth offset of the example that the state began with, in its partition of the scored
 *     topic; 0 of builds that did not know it
 * @param number of the frozen temperature since then, from 0; also the number of its epoch
 * @param nats its value, nats per response token
 * @param losses sketch of all losses up to the end of the epoch before
 */
public record Temperature(long birth, long number, double nats, MedianSketch losses) {
  /** Beyond this doubling any epoch has reached its full length. */
  private static final int MOST_DOUBLINGS = 30;

  /** A million epochs of one state; what is larger would be another state's number. */
  private static final int NUMBER_BITS = 20;

  /**
   * Number 0: the first example's own loss, so that it weighs what a median one does. No record
   * waits for others.
   */
  public static Temperature first(long birth, double nats) {
    return new Temperature(birth, 0, nats, MedianSketch.empty());
  }

  /** One of this {@link #version}, as it was written. */
  public static Temperature of(long version, double nats, MedianSketch losses) {
    long number = version & ((1L << NUMBER_BITS) - 1);
    return new Temperature(version >>> NUMBER_BITS, number, nats, losses);
  }

  /**
   * What records are stamped with: the same for no other temperature of this base and adapter,
   * whatever state was lost or let go in between, since no two states begin with one example.
   */
  public long version() {
    return (birth << NUMBER_BITS) + number;
  }

  /**
   * How many examples this temperature serves: 1, 1, 2, 4, 8 … until the full length. So after any
   * start the temperature rests on at least half of what has been seen.
   */
  public int epochLength(int fullLength) {
    long doubled = number <= 1 ? 1 : 1L << Math.min(number - 1, MOST_DOUBLINGS);
    return (int) Math.min(doubled, fullLength);
  }

  /** The next version: the median of all losses, those of the finished epoch included. */
  public Temperature after(double[] epoch, double floor) {
    MedianSketch all = losses.with(epoch);
    return new Temperature(birth, number + 1, Math.max(all.median(), floor), all);
  }
}
