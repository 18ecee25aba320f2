package io.alluvium.trainer.model.tensor;

/** Conversions of 16-bit floats; Java 17 has none. */
public final class HalfPrecision {
  private HalfPrecision() {}

  /** The value of a bfloat16. */
  public static float fromBfloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** Rounds to nearest, ties to even, as PyTorch does; every NaN becomes the quiet one. */
  public static short toBfloat16(float value) {
    if (Float.isNaN(value)) {
      return 0x7FC0;
    }
    int bits = Float.floatToRawIntBits(value);
    return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
  }

  /** The value of an IEEE half. */
  public static float fromFloat16(short bits) {
    int sign = bits & 0x8000;
    int exponent = (bits >>> 10) & 0x1F;
    int mantissa = bits & 0x3FF;
    if (exponent == 0) {
      // Subnormal: mantissa in units of 2^-24, exact in fp32.
      float magnitude = mantissa * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int wide = exponent == 0x1F ? 0xFF : exponent - 15 + 127;
    return Float.intBitsToFloat(sign << 16 | wide << 23 | mantissa << 13);
  }

  /** Rounds to nearest, ties to even; what is too large becomes infinite. */
  public static short toFloat16(float value) {
    int raw = Float.floatToRawIntBits(value);
    int sign = (raw >>> 16) & 0x8000;
    if (Float.isNaN(value)) {
      return (short) (sign | 0x7E00);
    }
    float magnitude = Math.abs(value);
    if (magnitude >= 65520) {
      return (short) (sign | 0x7C00);
    }
    if (magnitude < 0x1p-14f) {
      // Subnormal halves count in units of 2^-24; rint rounds ties to even.
      return (short) (sign | (int) Math.rint(magnitude * 0x1p24f));
    }
    int shifted = (raw & 0x7FFFFFFF) - (112 << 23);
    return (short) (sign | ((shifted + 0xFFF + ((shifted >>> 13) & 1)) >>> 13));
  }
}
