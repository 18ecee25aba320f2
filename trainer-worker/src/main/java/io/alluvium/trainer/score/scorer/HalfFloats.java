package io.alluvium.trainer.score.scorer;

import io.alluvium.trainer.model.tensor.HalfPrecision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Embeddings in IEEE 754 half precision. */
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
    return HalfPrecision.toFloat16(value);
  }
}
