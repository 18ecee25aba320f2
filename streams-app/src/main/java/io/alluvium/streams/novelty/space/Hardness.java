package io.alluvium.streams.novelty.space;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * How much harder an example is than its neighbours: its loss against the latest losses at the same
 * prototype, on a logarithmic scale, in robust standard deviations (distance from the median over
 * 1.4826 times the median absolute deviation; Hampel 1974). Up to nearly half of the neighbours may
 * be noise themselves. Comparing within a place is what Mondrian conformal prediction does with its
 * categories (Vovk, Lindsay, Nouretdinov, Gammerman 2003): what is hard among easy questions may be
 * nothing among essays.
 */
public final class Hardness {
  /** Latest losses of each place. */
  static final int KEPT = 32;

  /** Size of {@link #write}. */
  public static final int BYTES = Prototypes.MOST * (KEPT + 1) * Float.BYTES;

  private static final int FEWEST = 16;

  /** Losses below are alike, nats per token: nobody is wrong by a hundredth. */
  private static final double LEAST_LOSS = 0.01;

  /** Where all neighbours are alike, losses that differ by this factor's logarithm still are. */
  private static final double LEAST_SPREAD = 0.5;

  private static final double MAD_TO_DEVIATION = 1.4826;

  private final float[][] losses = new float[Prototypes.MOST][KEPT];
  private final float[] seen = new float[Prototypes.MOST];
  private final float[] sorted = new float[KEPT];

  /**
   * Robust deviations above what is usual there; NaN where too little is known.
   *
   * @param place number of the prototype, or a negative one for none
   * @param loss nats per response token
   */
  public double excess(int place, double loss) {
    if (place < 0 || seen[place] < FEWEST) {
      return Double.NaN;
    }
    int size = (int) Math.min(seen[place], KEPT);
    System.arraycopy(losses[place], 0, sorted, 0, size);
    double median = median(size);
    for (int i = 0; i < size; i++) {
      sorted[i] = (float) Math.abs(sorted[i] - median);
    }
    return (scale(loss) - median) / Math.max(MAD_TO_DEVIATION * median(size), LEAST_SPREAD);
  }

  private double median(int size) {
    Arrays.sort(sorted, 0, size);
    return sorted[(size - 1) / 2];
  }

  private static double scale(double loss) {
    return Math.log(loss + LEAST_LOSS);
  }

  /** A place begins anew: what was known of it is forgotten. */
  public void begin(int place) {
    seen[place] = 0;
  }

  /** Takes in an example at a place. */
  public void add(int place, double loss) {
    losses[place][(int) (seen[place] % KEPT)] = (float) scale(loss);
    seen[place]++;
    if (seen[place] == 2 * KEPT) {
      seen[place] = KEPT;
    }
  }

  /** Writes everything. */
  public void write(ByteBuffer to) {
    for (int place = 0; place < Prototypes.MOST; place++) {
      to.putFloat(seen[place]);
      for (float loss : losses[place]) {
        to.putFloat(loss);
      }
    }
  }

  /** Reads what {@link #write} wrote. */
  public void read(ByteBuffer from) {
    for (int place = 0; place < Prototypes.MOST; place++) {
      seen[place] = from.getFloat();
      for (int i = 0; i < KEPT; i++) {
        losses[place][i] = from.getFloat();
      }
    }
  }
}
