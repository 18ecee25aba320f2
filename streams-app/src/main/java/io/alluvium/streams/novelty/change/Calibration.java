package io.alluvium.streams.novelty.change;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * p-values of a stream against its own recent past: the share of a window of earlier values that
 * were at least as large, the new one counted in (a conformal p-value: Vovk, Gammerman, Shafer,
 * Algorithmic Learning in a Random World, 2005). While nothing changes, p at most x comes with a
 * chance of about x, whatever the distribution. Exact within the window.
 *
 * <p>When the window is full only every fourth value goes in, so that a new domain does not make
 * itself usual at once; and of values with a p-value of at most {@link #EXTREME} at most twice as
 * many as that, however many come. While nothing changes that leaves nearly all in. When more than
 * half of the latest values are extreme, what is usual has changed and all go in.
 */
public final class Calibration {
  /** Values in the window. */
  public static final int WINDOW = 512;

  /** Size of {@link #write}. */
  public static final int BYTES = Integer.BYTES + (WINDOW + 2) * Float.BYTES;

  private static final int STRIDE = 4;
  private static final int FEWEST = 64;
  private static final double EXTREME = 0.02;
  private static final float CREDIT = 0.04f;
  private static final float MOST_CREDIT = 2;
  private static final float SHARE_RATE = 1f / 64;
  private static final double TAKEN_OVER = 0.5;

  private final float[] ring = new float[WINDOW];
  private final float[] sorted = new float[WINDOW];
  private int seen;
  private int size;
  private int head;
  private float credit = MOST_CREDIT;
  private float extremeShare;

  /** The p-value of a value that has not gone in; NaN while there are too few. */
  public double p(double value) {
    if (size < FEWEST) {
      return Double.NaN;
    }
    return (1.0 + size - below((float) value)) / (size + 1);
  }

  /** Takes a value in. */
  public void add(double value) {
    if (size < WINDOW) {
      insert((float) value, size);
      ring[size++] = (float) value;
    } else if (enters(p(value) <= EXTREME)) {
      int gone = below(ring[head]);
      System.arraycopy(sorted, gone + 1, sorted, gone, WINDOW - 1 - gone);
      insert((float) value, WINDOW - 1);
      ring[head] = (float) value;
      head = (head + 1) % WINDOW;
    }
    seen = (seen + 1) % (STRIDE * WINDOW);
  }

  private boolean enters(boolean isExtreme) {
    extremeShare += SHARE_RATE * ((isExtreme ? 1 : 0) - extremeShare);
    if (seen % STRIDE != 0) {
      return false;
    }
    credit = Math.min(MOST_CREDIT, credit + CREDIT);
    if (!isExtreme || extremeShare > TAKEN_OVER) {
      return true;
    }
    boolean isCovered = credit >= 1;
    credit -= isCovered ? 1 : 0;
    return isCovered;
  }

  private void insert(float value, int occupied) {
    int at = below(value, occupied);
    System.arraycopy(sorted, at, sorted, at + 1, occupied - at);
    sorted[at] = value;
  }

  private int below(float value) {
    return below(value, size);
  }

  /** How many of the first values are smaller. */
  private int below(float value, int occupied) {
    int low = 0;
    int high = occupied;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Writes everything: the oldest value first. */
  public void write(ByteBuffer to) {
    to.putShort((short) seen).putShort((short) size).putFloat(credit).putFloat(extremeShare);
    for (int i = 0; i < WINDOW; i++) {
      to.putFloat(ring[(head + i) % WINDOW]);
    }
  }

  /** Reads what {@link #write} wrote. */
  public void read(ByteBuffer from) {
    seen = from.getShort();
    size = from.getShort();
    credit = from.getFloat();
    extremeShare = from.getFloat();
    head = 0;
    for (int i = 0; i < WINDOW; i++) {
      ring[i] = from.getFloat();
    }
    System.arraycopy(ring, 0, sorted, 0, size);
    Arrays.sort(sorted, 0, size);
  }
}
