package io.alluvium.trainer.program.weights;

import ai.djl.pytorch.jni.NativeTensor;
import ai.djl.pytorch.jni.TensorList;
import io.alluvium.trainer.model.config.DecoderConfig;
import io.alluvium.trainer.model.rotary.Rotary;
import io.alluvium.trainer.model.rotary.Rotary.Rope;
import java.util.ArrayList;
import java.util.List;

/** Cosines and sines of the rotary positions, computed in double precision. */
public final class RopeTables {
  private RopeTables() {}

  /**
   * Makes a pair of tables for each set of frequencies, positions x turned values of a head. The
   * sines of the first half are negative, so that rotating is x·cos + (x with its halves
   * exchanged)·sin. Where texts beyond some length have other frequencies, their rows follow: twice
   * as many in all.
   *
   * @param positions longest text, tokens
   * @return cos, sin, cos, sin …; nothing for a decoder without rotary positions
   */
  public static TensorList of(DecoderConfig config, int positions) {
    List<NativeTensor> tables = new ArrayList<>();
    Rotary rotary = config.rotary();
    for (int n = 0; n < rotary.ropes().size(); n++) {
      List<Rope> parts = new ArrayList<>(List.of(rotary.ropes().get(n)));
      if (rotary.longFrom() < positions) {
        parts.add(rotary.beyond().ropes().get(n));
      }
      tables.addAll(tables(parts, positions, config.rotaryWidth()));
    }
    return new TensorList(tables);
  }

  private static List<NativeTensor> tables(List<Rope> parts, int positions, int width) {
    float[] cos = new float[parts.size() * positions * width];
    float[] sin = new float[parts.size() * positions * width];
    for (int n = 0; n < parts.size(); n++) {
      double[] frequencies = parts.get(n).frequencies(width);
      double amplitude = parts.get(n).scaling().amplitude();
      for (int p = 0; p < positions; p++) {
        for (int d = 0; d < width / 2; d++) {
          int left = (n * positions + p) * width + d;
          int right = left + width / 2;
          cos[left] = cos[right] = (float) (amplitude * Math.cos(p * frequencies[d]));
          sin[right] = (float) (amplitude * Math.sin(p * frequencies[d]));
          sin[left] = -sin[right];
        }
      }
    }
    long rows = (long) parts.size() * positions;
    return List.of(NativeTensor.of(cos, rows, width), NativeTensor.of(sin, rows, width));
  }
}
