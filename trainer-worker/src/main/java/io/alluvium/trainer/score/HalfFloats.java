package io.alluvium.trainer.score;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** IEEE 754 half precision; Java 17 cannot convert to it by itself. */
final class HalfFloats {
  private static final float LARGEST = 65504f;

  private HalfFloats() {}

  /** Values as two bytes each, little endian; what is out of range becomes the largest value. */
  static ByteBuffer littleEndian(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putShort(bits(Math.max(-LARGEST, Math.min(LARGEST, value))));
    }
    return bytes.flip();
  }

  /** Rounds to nearest, ties to even. */
  static short bits(float value) {
    int raw = Float.floatToRawIntBits(value);
    int sign = (raw >>> 16) & 0x8000;
    if (Float.isNaN(value)) {
      return (short) (sign | 0x7E00);
    }
    float magnitude = Math.abs(value);
    if (magnitude < 0x1p-14f) {
      // Subnormal halves count in units of 2^-24; rint rounds ties to even.
      return (short) (sign | (int) Math.rint(magnitude * 0x1p24f));
    }
    int shifted = (raw & 0x7FFFFFFF) - (112 << 23);
    return (short) (sign | ((shifted + 0xFFF + ((shifted >>> 13) & 1)) >>> 13));
  }
}
