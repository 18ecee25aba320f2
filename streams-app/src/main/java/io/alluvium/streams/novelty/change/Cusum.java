package io.alluvium.streams.novelty.change;

import java.nio.ByteBuffer;

/**
 * Finds a rise of the mean (Page, Continuous Inspection Schemes, 1954; the test of Page and Hinkley
 * with a mean that is known): how much the values since some moment exceed the mean and a
 * tolerance, summed; an alarm when the sum is too large for chance. One alarm for each rise: the
 * next can come once the sum has gone back to nothing. The sum has a bound, so that this does not
 * take longer than the rise did by much.
 */
public final class Cusum {
  /** Size of {@link #write}. */
  public static final int BYTES = 2 * Float.BYTES;

  /** Of the negative logarithm of a p-value while nothing changes. */
  private static final float MEAN = 1;

  private static final float MOST = 1.5f;

  private final float tolerance;
  private final float threshold;
  private float excess;
  private boolean isRaised;

  /**
   * Begins.
   *
   * @param tolerance rise of the mean that is no drift, nats
   * @param threshold summed excess at which there is one, nats
   */
  public Cusum(double tolerance, double threshold) {
    this.tolerance = (float) tolerance;
    this.threshold = (float) threshold;
  }

  /** Takes a p-value; whether the change is certain at it. */
  public boolean add(double p) {
    float next = excess - (float) Math.log(p) - MEAN - tolerance;
    excess = Math.min(Math.max(0, next), MOST * threshold);
    boolean isAlarm = !isRaised && excess > threshold;
    isRaised = isAlarm || (isRaised && excess > 0);
    return isAlarm;
  }

  /** Writes everything. */
  public void write(ByteBuffer to) {
    to.putFloat(excess).putFloat(isRaised ? 1 : 0);
  }

  /** Reads what {@link #write} wrote. */
  public void read(ByteBuffer from) {
    excess = from.getFloat();
    isRaised = from.getFloat() > 0;
  }
}
