package io.alluvium.trainer.base.program;

import ai.djl.pytorch.jni.NativeTensor;
import ai.djl.pytorch.jni.TensorList;
import io.alluvium.trainer.base.folder.architecture.RopeScaling;
import io.alluvium.trainer.base.folder.config.DecoderConfig;
import java.util.List;

/** Cosines and sines of the rotary positions, computed in double precision. */
public final class RopeTables {
  private RopeTables() {}

  /**
   * Makes both tables, each positions x head size. The sines of the first half of a head are
   * negative, so that rotating is x·cos + (x with its halves exchanged)·sin.
   *
   * @param positions rows
   * @return cos and sin; nothing for a decoder without rotary positions
   */
  public static TensorList of(DecoderConfig config, int positions) {
    if (!config.architecture().layout().rotary()) {
      return new TensorList(List.of());
    }
    RopeScaling scaling = config.architecture().ropeScaling();
    int size = config.headSize();
    float[] cos = new float[positions * size];
    float[] sin = new float[positions * size];
    for (int p = 0; p < positions; p++) {
      for (int d = 0; d < size / 2; d++) {
        double angle = p * scaling.scaled(Math.pow(config.ropeTheta(), -2.0 * d / size));
        int left = p * size + d;
        int right = left + size / 2;
        cos[left] = cos[right] = (float) Math.cos(angle);
        sin[right] = (float) Math.sin(angle);
        sin[left] = -sin[right];
      }
    }
    return new TensorList(
        List.of(NativeTensor.of(cos, positions, size), NativeTensor.of(sin, positions, size)));
  }
}
