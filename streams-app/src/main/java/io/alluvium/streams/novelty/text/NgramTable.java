package io.alluvium.streams.novelty.text;

import java.nio.ByteBuffer;

/**
 * Counts of hashed n-grams that fade: after half-life examples an old one counts half. Fading is
 * done by letting new ones count more, so that learning touches only the buckets it names.
 */
public final class NgramTable {
  /** Number of buckets is two to this. */
  public static final int BUCKET_BITS = 12;

  /** Number of buckets. */
  public static final int BUCKETS = 1 << BUCKET_BITS;

  /** Size of {@link #write}. */
  public static final int BYTES = (BUCKETS + 2) * Float.BYTES;

  private static final double SMOOTHING = 0.05;
  private static final int FACTORS_PER_LOGARITHM = 16;
  private static final float RESCALE_AT = 1e6f;

  private final float[] counts = new float[BUCKETS];
  private final double growth;
  private float total;
  private float increment = 1;

  /**
   * An empty table.
   *
   * @param halfLifeExamples examples after which a count is worth half
   */
  public NgramTable(int halfLifeExamples) {
    this.growth = Math.pow(2, 1.0 / halfLifeExamples);
  }

  /** Mean surprise, nats per feature: -log of a feature's smoothed share; 0 for no features. */
  public double surprise(short[] features) {
    double sum = 0;
    double product = 1;
    double smoothing = SMOOTHING * increment;
    double all = total + smoothing * BUCKETS;
    for (int i = 0; i < features.length; i++) {
      product *= (counts[features[i]] + smoothing) / all;
      if (i % FACTORS_PER_LOGARITHM == FACTORS_PER_LOGARITHM - 1) {
        sum -= Math.log(product);
        product = 1;
      }
    }
    return features.length == 0 ? 0 : (sum - Math.log(product)) / features.length;
  }

  /** Counts an example's features. */
  public void learn(short[] features) {
    for (short feature : features) {
      counts[feature] += increment;
    }
    total += features.length * increment;
    increment = (float) (increment * growth);
    if (increment > RESCALE_AT) {
      rescale();
    }
  }

  private void rescale() {
    for (int i = 0; i < BUCKETS; i++) {
      counts[i] /= increment;
    }
    total /= increment;
    increment = 1;
  }

  /** Writes everything. */
  public void write(ByteBuffer to) {
    to.putFloat(total).putFloat(increment);
    to.asFloatBuffer().put(counts);
    to.position(to.position() + BUCKETS * Float.BYTES);
  }

  /** Reads what {@link #write} wrote. */
  public void read(ByteBuffer from) {
    total = from.getFloat();
    increment = from.getFloat();
    from.asFloatBuffer().get(counts);
    from.position(from.position() + BUCKETS * Float.BYTES);
  }
}
