package io.alluvium.streams.novelty.space;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A bounded number of places where an adapter's examples lie, kept online: an example moves the
 * nearest prototype a little, one that lies far from all begins a new one in place of the smallest.
 *
 * <p>Distances are one minus the cosine after the running mean is taken away; means of hidden
 * states share most of their direction. A prototype that did not begin with the stream counts as
 * familiar once it stands for enough examples: otherwise the first example of a new domain would
 * make the second familiar.
 */
public final class Prototypes {
  /** Most prototypes. */
  static final int MOST = 24;

  /** Size of {@link #write}. */
  public static final int BYTES = ((MOST + 1) * Direction.SIZE + 2 * MOST + 1) * Float.BYTES;

  private static final int NONE = -1;

  /** A divisor of {@link #MOST}. */
  private static final int ABREAST = 4;

  private static final float ESTABLISHED = 48;

  /** What begins among the first so many examples is what is usual. */
  private static final int FIRST = 256;

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
  private final float[] centred = new float[Direction.SIZE];
  private final float[] products = new float[MOST];
  private final float[] squares = new float[MOST];
  private int nearest = NONE;
  private int familiar = NONE;
  private double nearestDistance;
  private double familiarDistance;

  /**
   * None yet.
   *
   * @param halfLifeExamples examples after which a prototype's mass is half
   */
  public Prototypes(int halfLifeExamples) {
    this.fading = (float) Math.pow(0.5, 1.0 / halfLifeExamples);
  }

  /**
   * Looks where an example lies; the answers below are about the example looked at last.
   *
   * @param direction the example
   */
  public void look(byte[] direction) {
    familiar = NONE;
    nearest = NONE;
    familiarDistance = Double.NaN;
    nearestDistance = Double.NaN;
    double own = centred(direction);
    for (int i = 0; i < MOST; i += ABREAST) {
      project(i);
    }
    for (int i = 0; i < MOST; i++) {
      if (mass[i] > 0) {
        compare(i, 1 - cosine(own, i));
      }
    }
  }

  /**
   * Inner products of four prototypes with the example and with themselves. Each sum waits for the
   * one before it; four at a time the processor does not wait, and the order within each stays.
   */
  private void project(int first) {
    float[] a = places[first];
    float[] b = places[first + 1];
    float[] c = places[first + 2];
    float[] d = places[first + 3];
    float toA = 0;
    float toB = 0;
    float toC = 0;
    float toD = 0;
    float ofA = 0;
    float ofB = 0;
    float ofC = 0;
    float ofD = 0;
    for (int i = 0; i < Direction.SIZE; i++) {
      float own = centred[i];
      float middle = mean[i];
      float one = a[i] - middle;
      float two = b[i] - middle;
      float three = c[i] - middle;
      float four = d[i] - middle;
      toA += own * one;
      toB += own * two;
      toC += own * three;
      toD += own * four;
      ofA += one * one;
      ofB += two * two;
      ofC += three * three;
      ofD += four * four;
    }
    keep(first, toA, ofA);
    keep(first + 1, toB, ofB);
    keep(first + 2, toC, ofC);
    keep(first + 3, toD, ofD);
  }

  private void keep(int prototype, float product, float square) {
    products[prototype] = product;
    squares[prototype] = square;
  }

  /** Distance to the nearest prototype that is established, or to any while none is; or NaN. */
  public double distance() {
    return familiar == NONE ? nearestDistance : familiarDistance;
  }

  /**
   * How many recent examples lie in the same new place: members of the nearest prototype that is
   * not established, when it is much nearer than the familiar ones; else 0.
   */
  public int company() {
    boolean isNew = nearest != NONE && mass[nearest] < ESTABLISHED;
    return isNew && (familiar == NONE || nearestDistance < GROUP_SHARE * familiarDistance)
        ? (int) members[nearest]
        : 0;
  }

  /** The nearest prototype's number when it is established, else a negative number. */
  public int familiarPlace() {
    return nearest != NONE && nearest == familiar ? nearest : NONE;
  }

  /**
   * Takes in the example that was looked at.
   *
   * @param direction the example
   * @param p p-value of its distance; NaN while there is none
   * @return whether it began a new place; {@link #place} says where it went
   */
  public boolean learn(byte[] direction, double p) {
    boolean far =
        nearest == NONE
            || (nearestDistance > FAR_BEFORE_CALIBRATION && (Double.isNaN(p) || p < FAR_P));
    fade();
    if (far) {
      begin(direction);
    } else {
      move(direction);
    }
    follow(direction);
    return far;
  }

  /** Number of the prototype that took in the last example. */
  public int place() {
    return nearest;
  }

  private void compare(int prototype, double to) {
    if (nearest == NONE || to < nearestDistance) {
      nearest = prototype;
      nearestDistance = to;
    }
    if (mass[prototype] >= ESTABLISHED && (familiar == NONE || to < familiarDistance)) {
      familiar = prototype;
      familiarDistance = to;
    }
  }

  /** Takes the mean away; the square of the length that is left. */
  private double centred(byte[] direction) {
    float squares = 0;
    for (int i = 0; i < Direction.SIZE; i++) {
      centred[i] = direction[i] - mean[i];
      squares += centred[i] * centred[i];
    }
    return squares;
  }

  private double cosine(double own, int prototype) {
    float other = squares[prototype];
    return own == 0 || other == 0 ? 1 : products[prototype] / Math.sqrt(own * other);
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
    mass[smallest] = seen < FIRST ? 2 * ESTABLISHED : 1;
    members[smallest] = 1;
    nearest = smallest;
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
