package io.alluvium.trainer.base.program;

import ai.djl.pytorch.jni.NativeTensor;
import ai.djl.pytorch.jni.TensorList;
import io.alluvium.trainer.base.folder.DecoderConfig;
import java.util.List;

/** Cosines and sines of the rotary positions, computed in double precision. */
public final class RopeTables {
  private RopeTables() {}

  /**
   * Makes both tables.
   *
   * @param positions rows
   * @return cos and sin, each positions x half a head
   */
  public static TensorList of(DecoderConfig config, int positions) {
    int half = config.headSize() / 2;
    float[] cos = new float[positions * half];
    float[] sin = new float[positions * half];
    for (int p = 0; p < positions; p++) {
      for (int d = 0; d < half; d++) {
        double angle = p * Math.pow(config.ropeTheta(), -2.0 * d / config.headSize());
        cos[p * half + d] = (float) Math.cos(angle);
        sin[p * half + d] = (float) Math.sin(angle);
      }
    }
    return new TensorList(
        List.of(NativeTensor.of(cos, positions, half), NativeTensor.of(sin, positions, half)));
  }
}
