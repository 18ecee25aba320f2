package io.alluvium.trainer.program.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.pytorch.jni.NativeTensor;
import ai.djl.pytorch.jni.ScriptModule;
import ai.djl.pytorch.jni.TensorList;
import io.alluvium.trainer.adapter.kind.AdapterText;
import io.alluvium.trainer.model.architecture.Architecture;
import io.alluvium.trainer.model.config.DecoderConfig;
import io.alluvium.trainer.model.rotary.Rotary;
import io.alluvium.trainer.program.device.EngineRuntime;
import io.alluvium.trainer.program.device.TorchScriptArchive;
import io.alluvium.trainer.program.gradient.GradientText.Memory;
import io.alluvium.trainer.program.text.DecoderText;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Head and losses over more rows than one piece holds, against sums written out in Java. */
class HeadGradientTest {
  private static final int VOCABULARY = 20_000;
  private static final int HIDDEN = 4;
  private static final int ROWS = 300;
  private static final DecoderConfig WIDE =
      new DecoderConfig(
          VOCABULARY,
          HIDDEN,
          1,
          1,
          1,
          4,
          8,
          1e-5,
          Rotary.plain(1e4),
          512,
          true,
          1,
          List.of(2),
          Architecture.LLAMA);

  private static ScriptModule program;
  private static float[] head;
  private static float[] states;
  private static float[] baseStates;

  @BeforeAll
  static void load() {
    EngineRuntime.start(1);
    DecoderText text = new DecoderText(WIDE, AdapterText.plain(List.of("q_proj")));
    String methods = text.forward() + GradientText.of(text, Memory.KEEP);
    program = ScriptModule.load(TorchScriptArchive.of(methods));
    head = gaussian(1, VOCABULARY * HIDDEN);
    states = gaussian(2, ROWS * HIDDEN);
    baseStates = gaussian(3, ROWS * HIDDEN);
  }

  @AfterAll
  static void close() {
    program.close();
  }

  @Test
  void crossEntropyAndItsGradient() {
    long[] targets = new Random(4).longs(ROWS, 0, VOCABULARY).toArray();
    float[] shares = gaussian(5, ROWS);
    float[][] result;
    try (TensorList weights = weights();
        NativeTensor h = NativeTensor.of(states, ROWS, HIDDEN);
        NativeTensor target = NativeTensor.of(targets, ROWS);
        NativeTensor share = NativeTensor.of(shares, ROWS)) {
      result =
          take(program.method("crossEntropy").with(weights).with(h).with(target).with(share).run());
    }
    for (int row = 0; row < ROWS; row++) {
      double[] p = softmax(states, row);
      int target = (int) targets[row];
      assertThat((double) result[0][row]).isCloseTo(-Math.log(p[target]), within(1e-4));
      p[target] -= 1;
      assertGradient(result[1], row, p, shares[row]);
    }
  }

  @Test
  void divergenceAndItsGradient() {
    double coefficient = 3;
    float[][] result;
    try (TensorList weights = weights();
        NativeTensor h = NativeTensor.of(states, ROWS, HIDDEN);
        NativeTensor base = NativeTensor.of(baseStates, ROWS, HIDDEN)) {
      result =
          take(program.method("anchorKl").with(weights).with(base).with(h).with(coefficient).run());
    }
    double sum = 0;
    for (int row = 0; row < ROWS; row++) {
      double[] p = softmax(baseStates, row);
      double[] q = softmax(states, row);
      for (int v = 0; v < VOCABULARY; v++) {
        sum += p[v] * Math.log(p[v] / q[v]);
        q[v] -= p[v];
      }
      assertGradient(result[1], row, q, coefficient / ROWS);
    }
    assertThat((double) result[0][0]).isCloseTo(sum / ROWS, within(1e-3));
  }

  /** Gradient of a row: factor · Σ over the vocabulary of slope · head. */
  private static void assertGradient(float[] gradient, int row, double[] slope, double factor) {
    for (int i = 0; i < HIDDEN; i++) {
      double expected = 0;
      for (int v = 0; v < VOCABULARY; v++) {
        expected += slope[v] * head[v * HIDDEN + i];
      }
      assertThat((double) gradient[row * HIDDEN + i])
          .isCloseTo(expected * factor, within(1e-4 * Math.max(1, Math.abs(factor))));
    }
  }

  private static double[] softmax(float[] from, int row) {
    double[] p = new double[VOCABULARY];
    double total = 0;
    for (int v = 0; v < VOCABULARY; v++) {
      double logit = 0;
      for (int i = 0; i < HIDDEN; i++) {
        logit += (double) from[row * HIDDEN + i] * head[v * HIDDEN + i];
      }
      p[v] = Math.exp(logit);
      total += p[v];
    }
    for (int v = 0; v < VOCABULARY; v++) {
      p[v] /= total;
    }
    return p;
  }

  /** The tied head alone; nothing else is asked for. */
  private static TensorList weights() {
    return new TensorList(List.of(NativeTensor.of(head, VOCABULARY, HIDDEN)));
  }

  private static float[][] take(List<NativeTensor> tensors) {
    float[][] values = new float[tensors.size()][];
    for (int i = 0; i < values.length; i++) {
      try (NativeTensor tensor = tensors.get(i)) {
        values[i] = tensor.floats();
      }
    }
    return values;
  }

  private static float[] gaussian(long seed, int count) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
