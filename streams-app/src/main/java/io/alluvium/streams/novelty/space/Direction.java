package io.alluvium.streams.novelty.space;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An embedding as a short vector of signed bytes, length about 127: the steps of prototypes are
 * written down, and 64 bytes are enough to tell neighbours.
 *
 * <p>Longer embeddings are folded by a count sketch (each coordinate is added to one of 64 with a
 * sign of its own; Charikar, Chen, Farach-Colton 2002), which keeps inner products on average.
 */
public final class Direction {
  /** Coordinates. */
  public static final int SIZE = 64;

  private static final int FULL = 127;
  private static final int EXPONENT_SHIFT = 13;
  private static final int MAGNITUDE_BITS = 0x7fff;
  private static final float HALF_TO_SINGLE = 0x1p112f;
  private static final long MIX = 0x9e3779b97f4a7c15L;

  private final float[] sums = new float[SIZE];

  /**
   * Makes one from half precision floats, little endian.
   *
   * @return {@link #SIZE} signed bytes, or none for an embedding that is empty or all zero
   */
  public byte[] of(ByteBuffer halves) {
    ByteBuffer from = halves.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int size = from.remaining() / Short.BYTES;
    java.util.Arrays.fill(sums, 0);
    for (int i = 0; i < size; i++) {
      float value = single(from.getShort(from.position() + i * Short.BYTES));
      if (size <= SIZE) {
        sums[i] = value;
      } else {
        long hash = (i + 1) * MIX;
        sums[(int) (hash >>> (Long.SIZE - 6))] += (hash & (1L << 20)) == 0 ? value : -value;
      }
    }
    return bytes();
  }

  private byte[] bytes() {
    double squares = 0;
    for (float sum : sums) {
      squares += (double) sum * sum;
    }
    if (squares == 0 || !Double.isFinite(squares)) {
      return new byte[0];
    }
    double scale = FULL / Math.sqrt(squares);
    byte[] direction = new byte[SIZE];
    for (int i = 0; i < SIZE; i++) {
      direction[i] = (byte) Math.round(sums[i] * scale);
    }
    return direction;
  }

  /** Java 17 has no conversion of its own; infinities and NaN come out as large numbers. */
  private static float single(short half) {
    float magnitude =
        Float.intBitsToFloat((half & MAGNITUDE_BITS) << EXPONENT_SHIFT) * HALF_TO_SINGLE;
    return half < 0 ? -magnitude : magnitude;
  }
}
