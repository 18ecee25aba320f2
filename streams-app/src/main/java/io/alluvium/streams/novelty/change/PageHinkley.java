package io.alluvium.streams.novelty.change;

import java.nio.ByteBuffer;

/**
 * Finds a rise of the mean (Page, Continuous Inspection Schemes, 1954; Hinkley 1971): how much the
 * values since some moment exceed their mean and a tolerance, summed; an alarm when the sum is too
 * large for chance. The mean follows slowly, so that what changes over many hundreds of examples is
 * no drift; after an alarm everything begins anew.
 */
public final class PageHinkley {
  /** Size of {@link #write}. */
  public static final int BYTES = 3 * Float.BYTES;

  private static final float SLOWEST = 1f / 512;
  private static final int FEWEST = 64;

  private final float tolerance;
  private final float threshold;
  private float mean;
  private float excess;
  private float seen;

  /**
   * Begins.
   *
   * @param tolerance rise of the mean that is no drift, in the unit of the values
   * @param threshold summed excess at which there is one
   */
  public PageHinkley(double tolerance, double threshold) {
    this.tolerance = (float) tolerance;
    this.threshold = (float) threshold;
  }

  /** Takes a value; whether the change is certain at it. */
  public boolean add(double value) {
    seen++;
    float deviation = (float) value - mean;
    mean += deviation * Math.max(1 / seen, SLOWEST);
    excess = seen < FEWEST ? 0 : Math.max(0, excess + deviation - tolerance);
    if (excess <= threshold) {
      return false;
    }
    mean = 0;
    excess = 0;
    seen = 0;
    return true;
  }

  /** Writes everything. */
  public void write(ByteBuffer to) {
    to.putFloat(mean).putFloat(excess).putFloat(seen);
  }

  /** Reads what {@link #write} wrote. */
  public void read(ByteBuffer from) {
    mean = from.getFloat();
    excess = from.getFloat();
    seen = from.getFloat();
  }
}
