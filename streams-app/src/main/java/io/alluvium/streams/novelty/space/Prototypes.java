package io.alluvium.streams.novelty.space;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A bounded number of places where an adapter's examples lie, kept online: an example moves the
 * nearest prototype a little, one that lies far from all begins a new one in place of the smallest.
 *
 * <p>Distances are one minus the cosine after the running mean is taken away; means of hidden
 * states share most of their direction. A prototype counts as familiar once it stands for enough
 * examples: otherwise the first example of a new domain would make the second familiar.
 */
public final class Prototypes {
  /** Most prototypes. */
  static final int MOST = 24;

  /** Size of {@link #write}. */
  public static final int BYTES = ((MOST + 1) * Direction.SIZE + 2 * MOST + 1) * Float.BYTES;

  private static final float ESTABLISHED = 32;
  private static final float SLOWEST = 0.02f;
  private static final float MEAN_SLOWEST = 1f / 512;
  private static final double FAR_BEFORE_CALIBRATION = 0.3;
  private static final double FAR_P = 0.04;
  private static final double GROUP_SHARE = 0.5;

  private final float[][] places = new float[MOST][Direction.SIZE];
  private final float[] mass = new float[MOST];
  private final float[] members = new float[MOST];
  private final float[] mean = new float[Direction.SIZE];
  private final float fading;
  private float seen;
  private int nearest = -1;
  private double distance;

  /**
   * None yet.
   *
   * @param halfLifeExamples examples after which a prototype's mass is half
   */
  public Prototypes(int halfLifeExamples) {
    this.fading = (float) Math.pow(0.5, 1.0 / halfLifeExamples);
  }

  /** Distance to the nearest prototype that is established, or to any while none is; or NaN. */
  public double distance(byte[] direction) {
    double familiar = nearest(direction, true);
    return Double.isNaN(familiar) ? nearest(direction, false) : familiar;
  }

  /**
   * How many recent examples lie in the same new place: members of the nearest prototype that is
   * not established, when it is much nearer than the familiar ones; else 0.
   */
  public int company(byte[] direction) {
    double familiar = nearest(direction, true);
    double any = nearest(direction, false);
    return nearest >= 0 && (Double.isNaN(familiar) || any < GROUP_SHARE * familiar)
        ? (int) members[nearest]
        : 0;
  }

  /**
   * Takes an example in.
   *
   * @param direction the example
   * @param p p-value of its distance; NaN while there is none
   */
  public void learn(byte[] direction, double p) {
    nearest(direction, false);
    boolean far =
        nearest < 0 || (distance > FAR_BEFORE_CALIBRATION && (Double.isNaN(p) || p < FAR_P));
    fade();
    if (far) {
      begin(direction);
    } else {
      move(direction);
    }
    follow(direction);
  }

  private double nearest(byte[] direction, boolean established) {
    nearest = -1;
    distance = Double.NaN;
    for (int i = 0; i < MOST; i++) {
      if (established ? mass[i] >= ESTABLISHED : mass[i] > 0) {
        double to = 1 - cosine(direction, places[i]);
        if (nearest < 0 || to < distance) {
          nearest = i;
          distance = to;
        }
      }
    }
    return distance;
  }

  private double cosine(byte[] direction, float[] place) {
    float product = 0;
    float own = 0;
    float other = 0;
    for (int i = 0; i < Direction.SIZE; i++) {
      float a = direction[i] - mean[i];
      float b = place[i] - mean[i];
      product += a * b;
      own += a * a;
      other += b * b;
    }
    return own == 0 || other == 0 ? 1 : product / Math.sqrt((double) own * other);
  }

  private void fade() {
    for (int i = 0; i < MOST; i++) {
      mass[i] *= fading;
    }
  }

  private void begin(byte[] direction) {
    int smallest = 0;
    for (int i = 1; i < MOST; i++) {
      smallest = mass[i] < mass[smallest] ? i : smallest;
    }
    for (int i = 0; i < Direction.SIZE; i++) {
      places[smallest][i] = direction[i];
    }
    mass[smallest] = 1;
    members[smallest] = 1;
  }

  private void move(byte[] direction) {
    members[nearest]++;
    mass[nearest]++;
    float rate = Math.max(1 / members[nearest], SLOWEST);
    float[] place = places[nearest];
    for (int i = 0; i < Direction.SIZE; i++) {
      place[i] += rate * (direction[i] - place[i]);
    }
  }

  private void follow(byte[] direction) {
    seen++;
    float rate = Math.max(1 / seen, MEAN_SLOWEST);
    for (int i = 0; i < Direction.SIZE; i++) {
      mean[i] += rate * (direction[i] - mean[i]);
    }
  }

  /** Writes everything. */
  public void write(ByteBuffer to) {
    to.putFloat(seen);
    Arrays.stream(places).forEach(place -> put(to, place));
    put(to, mass);
    put(to, members);
    put(to, mean);
  }

  /** Reads what {@link #write} wrote. */
  public void read(ByteBuffer from) {
    seen = from.getFloat();
    Arrays.stream(places).forEach(place -> take(from, place));
    take(from, mass);
    take(from, members);
    take(from, mean);
  }

  private static void put(ByteBuffer to, float[] values) {
    to.asFloatBuffer().put(values);
    to.position(to.position() + values.length * Float.BYTES);
  }

  private static void take(ByteBuffer from, float[] values) {
    from.asFloatBuffer().get(values);
    from.position(from.position() + values.length * Float.BYTES);
  }
}
