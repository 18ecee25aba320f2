package io.alluvium.streams.weigh;

/**
 * The temperature in force for one base and adapter. Immutable.
 *
 * @param version number of the frozen temperature, from 0; also the number of its epoch
 * @param nats its value, nats per response token
 * @param losses sketch of all losses up to the end of the epoch before
 */
record Temperature(long version, double nats, MedianSketch losses) {
  /** Beyond this doubling any epoch has reached its full length. */
  private static final int MOST_DOUBLINGS = 30;

  /**
   * Version 0: the first example's own loss, so that it weighs what a median one does. No record
   * waits for others.
   */
  static Temperature first(double loss, double floor) {
    return new Temperature(0, Math.max(loss, floor), MedianSketch.empty());
  }

  /**
   * How many examples this temperature serves: 1, 1, 2, 4, 8 … until the full length. So after any
   * start the temperature rests on at least half of what has been seen.
   */
  int epochLength(int fullLength) {
    long doubled = version <= 1 ? 1 : 1L << Math.min(version - 1, MOST_DOUBLINGS);
    return (int) Math.min(doubled, fullLength);
  }

  /** The next version: the median of all losses, those of the finished epoch included. */
  Temperature after(double[] epoch, double floor) {
    MedianSketch all = losses.with(epoch);
    return new Temperature(version + 1, Math.max(all.median(), floor), all);
  }
}
