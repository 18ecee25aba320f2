package io.alluvium.streams.weigh.rule;

import java.lang.reflect.Field;
import java.util.Random;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.memory.Memory;
import org.apache.datasketches.quantilescommon.QuantileSearchCriteria;

/**
 * Median of a long stream in bounded space: a KLL sketch (Karnin, Lang, Liberty: Optimal Quantile
 * Approximation in Streams, 2016) whose answers are a function of the losses alone. Immutable.
 *
 * <p>KLL tosses a coin whenever it compacts, and the library takes it from one unseeded generator
 * per process, which no API sets. So that a re-run gives the same temperatures, the generator is
 * seeded from the number of losses before each batch goes in, under a lock.
 */
public final class MedianSketch {
  /** Rank error 0.7 % with 99 % confidence; about 9 kB when full. */
  private static final int K = 400;

  private static final double MEDIAN_RANK = 0.5;
  private static final Random COIN = libraryCoin();

  private final byte[] bytes;

  private MedianSketch(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Of no losses. */
  public static MedianSketch empty() {
    return new MedianSketch(KllDoublesSketch.newHeapInstance(K).toByteArray());
  }

  /** The inverse of {@link #toBytes}. */
  public static MedianSketch fromBytes(byte[] bytes) {
    return new MedianSketch(bytes.clone());
  }

  /** Its written form. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** The sketch after these losses too. */
  MedianSketch with(double[] losses) {
    KllDoublesSketch sketch = sketch();
    synchronized (COIN) {
      COIN.setSeed(scrambled(sketch.getN()));
      for (double loss : losses) {
        sketch.update(loss);
      }
    }
    return new MedianSketch(sketch.toByteArray());
  }

  /** The lower median; at least one loss must have gone in. */
  double median() {
    return sketch().getQuantile(MEDIAN_RANK, QuantileSearchCriteria.INCLUSIVE);
  }

  private KllDoublesSketch sketch() {
    return KllDoublesSketch.heapify(Memory.wrap(bytes));
  }

  /** SplitMix64's finaliser: java.util.Random gives nearby seeds the same first coin. */
  private static long scrambled(long seed) {
    long z = (seed ^ (seed >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  private static Random libraryCoin() {
    try {
      Field coin =
          Class.forName("org.apache.datasketches.kll.KllSketch").getDeclaredField("random");
      coin.setAccessible(true);
      return (Random) coin.get(null);
    } catch (ReflectiveOperationException moved) {
      throw new IllegalStateException(
          "this version of datasketches-java keeps its random generator elsewhere; temperatures would not be reproducible",
          moved);
    }
  }
}
