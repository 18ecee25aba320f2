package io.alluvium.streams.novelty.change;

import java.nio.ByteBuffer;

/**
 * Finds the moment from which a share of p-values is small (Page, Continuous Inspection Schemes,
 * 1954): the evidence for that, a sum of log likelihood ratios that begins again whenever it falls
 * to nothing, and an alarm when it is too large for chance. No test that keeps as rare false alarms
 * finds such a change sooner at worst (Lorden 1971, Moustakides 1986).
 *
 * <p>One alarm for each change: the next can come once the evidence has gone back to nothing. It
 * has a bound, so that this does not take longer than the change did by much.
 */
public final class Cusum {
  /** Size of {@link #write}. */
  public static final int BYTES = 2 * Float.BYTES;

  /** p-values of what is new are taken for Beta(SHAPE, 1): five in six below those of the rest. */
  private static final double SHAPE = 0.2;

  /** Smaller p-values count as this one: a single record is not to be most of the evidence. */
  private static final double LEAST = 1.0 / 512;

  private static final float MOST = 1.5f;

  private final double share;
  private final float threshold;
  private float evidence;
  private boolean isRaised;

  /**
   * Begins.
   *
   * @param share of new ones that is looked for; more is found sooner, half of it later
   * @param threshold evidence at which there is a change, nats
   */
  public Cusum(double share, double threshold) {
    this.share = share;
    this.threshold = (float) threshold;
  }

  /** Takes a p-value; whether the change is certain at it. */
  public boolean add(double p) {
    double newness = SHAPE * Math.pow(Math.max(LEAST, p), SHAPE - 1);
    float next = evidence + (float) Math.log1p(share * (newness - 1));
    evidence = Math.min(Math.max(0, next), MOST * threshold);
    boolean isAlarm = !isRaised && evidence > threshold;
    isRaised = isAlarm || (isRaised && evidence > 0);
    return isAlarm;
  }

  /** Writes everything. */
  public void write(ByteBuffer to) {
    to.putFloat(evidence).putFloat(isRaised ? 1 : 0);
  }

  /** Reads what {@link #write} wrote. */
  public void read(ByteBuffer from) {
    evidence = from.getFloat();
    isRaised = from.getFloat() > 0;
  }
}
