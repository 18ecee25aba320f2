package io.alluvium.trainer.finetune.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.pytorch.jni.NativeTensor;
import ai.djl.pytorch.jni.ScriptModule;
import ai.djl.pytorch.jni.TensorList;
import io.alluvium.trainer.adapter.kind.AdapterText;
import io.alluvium.trainer.finetune.method.choice.Methods;
import io.alluvium.trainer.model.architecture.Architecture;
import io.alluvium.trainer.model.config.DecoderConfig;
import io.alluvium.trainer.model.rotary.Rotary;
import io.alluvium.trainer.program.device.EngineRuntime;
import io.alluvium.trainer.program.device.TorchScriptArchive;
import io.alluvium.trainer.program.gradient.DropoutText;
import io.alluvium.trainer.program.gradient.GradientText;
import io.alluvium.trainer.program.gradient.GradientText.Memory;
import io.alluvium.trainer.program.loss.TokenText;
import io.alluvium.trainer.program.text.DecoderText;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Gradients on the states that the head reads, against the formulas of the papers written out in
 * Java: Σ over the vocabulary of slope · head, where plain cross entropy has slope p − 1 at the
 * target and p elsewhere.
 */
class TokenMethodTest {
  private static final int VOCABULARY = 40;
  private static final int HIDDEN = 6;
  private static final int ROWS = 9;
  private static final DecoderConfig SMALL =
      new DecoderConfig(
          VOCABULARY,
          HIDDEN,
          1,
          1,
          1,
          6,
          8,
          1e-5,
          Rotary.plain(1e4),
          512,
          true,
          1,
          List.of(2),
          Architecture.LLAMA);

  private static float[] head;
  private static float[] states;
  private static float[] baseStates;
  private static long[] targets;
  private static float[] shares;

  @BeforeAll
  static void draw() {
    EngineRuntime.start(1);
    head = gaussian(1, VOCABULARY * HIDDEN);
    states = gaussian(2, ROWS * HIDDEN);
    baseStates = gaussian(3, ROWS * HIDDEN);
    targets = new Random(4).longs(ROWS, 0, VOCABULARY).toArray();
    shares = gaussian(5, ROWS);
  }

  @Test
  void dftMultipliesByTheProbabilityItself() {
    assertSlopes(Map.of("dft", 1.0), (row, p, base) -> scaled(slope(row, p), p[target(row)]));
  }

  @Test
  void halfOfDftMultipliesByTheMeanOfOneAndTheProbability() {
    assertSlopes(
        Map.of("dft", 0.5), (row, p, base) -> scaled(slope(row, p), 0.5 + 0.5 * p[target(row)]));
  }

  @Test
  void eaftMultipliesByTheEntropyOfTheTwentyLikeliest() {
    assertSlopes(Map.of("eaft", 1.0), (row, p, base) -> scaled(slope(row, p), entropy(p)));
  }

  @Test
  void stmLearnsNothingAboveItsPerplexity() {
    double limit = 30;
    assertThat(IntStream.range(0, ROWS).filter(row -> likely(row) >= 1 / limit).count())
        .as("tokens below the limit")
        .isBetween(1L, ROWS - 1L);
    assertSlopes(
        Map.of("stm", limit),
        (row, p, base) -> scaled(slope(row, p), p[target(row)] >= 1 / limit ? 1 : 0));
  }

  @Test
  void tokenFlowMultipliesByTheBasesProbabilityToOneOverTheTemperature() {
    assertSlopes(
        Map.of("token-flow", 2.0),
        (row, p, base) -> scaled(slope(row, p), Math.pow(base[target(row)], 1 / 2.0)));
  }

  @Test
  void maskedKlDrawsToTheBaseEverywhereButAtTheTarget() {
    assertSlopes(
        Map.of("masked-kl", 3.0),
        (row, p, base) -> {
          double[] slope = slope(row, p);
          double own = 1 - p[target(row)];
          double other = 1 - base[target(row)];
          for (int v = 0; v < VOCABULARY; v++) {
            slope[v] += v == target(row) ? 0 : 3 * (p[v] / own - base[v] / other);
          }
          return slope;
        });
  }

  @Test
  void aFactorAndAPullGoTogether() {
    assertSlopes(
        Map.of("dft", 1.0, "masked-kl", 1.0),
        (row, p, base) -> {
          double[] slope = slope(row, p);
          for (int v = 0; v < VOCABULARY; v++) {
            slope[v] +=
                v == target(row)
                    ? 0
                    : p[v] / (1 - p[target(row)]) - base[v] / (1 - base[target(row)]);
          }
          return scaled(slope, p[target(row)]);
        });
  }

  /** The slope on the logits of one row, from the adapter's and the base's probabilities. */
  private interface Slope {
    double[] of(int row, double[] p, double[] base);
  }

  private static void assertSlopes(Map<String, Double> methods, Slope expected) {
    float[][] result = crossEntropy(Methods.of(methods).tokens());
    for (int row = 0; row < ROWS; row++) {
      double[] p = softmax(states, row);
      assertThat((double) result[0][row])
          .as("the loss that is reported is cross entropy")
          .isCloseTo(-Math.log(p[target(row)]), within(1e-4));
      double[] slope = expected.of(row, p.clone(), softmax(baseStates, row));
      for (int i = 0; i < HIDDEN; i++) {
        double sum = 0;
        for (int v = 0; v < VOCABULARY; v++) {
          sum += slope[v] * head[v * HIDDEN + i];
        }
        assertThat((double) result[1][row * HIDDEN + i])
            .as("%s, row %d", methods, row)
            .isCloseTo(sum * shares[row], within(1e-4));
      }
    }
  }

  private static float[][] crossEntropy(TokenText tokens) {
    DecoderText text = new DecoderText(SMALL, AdapterText.plain(List.of("q_proj")));
    String methods =
        text.forward() + GradientText.of(text, Memory.KEEP, new DropoutText(0), tokens);
    try (ScriptModule program = ScriptModule.load(TorchScriptArchive.of(methods));
        TensorList weights = new TensorList(List.of(NativeTensor.of(head, VOCABULARY, HIDDEN)));
        NativeTensor h = NativeTensor.of(states, ROWS, HIDDEN);
        NativeTensor known = NativeTensor.of(baseStates, ROWS, HIDDEN);
        NativeTensor target = NativeTensor.of(targets, ROWS);
        NativeTensor share = NativeTensor.of(shares, ROWS)) {
      ScriptModule.Call call =
          program.method("crossEntropy").with(weights).with(h).with(target).with(share);
      return take((tokens.seesBase() ? call.with(known) : call).run());
    }
  }

  private static double[] slope(int row, double[] p) {
    double[] slope = p.clone();
    slope[target(row)] -= 1;
    return slope;
  }

  private static double[] scaled(double[] slope, double factor) {
    return DoubleStream.of(slope).map(value -> value * factor).toArray();
  }

  /** Of the 20 likeliest, renormalised; 1 where they are equally likely. */
  private static double entropy(double[] p) {
    double[] top = DoubleStream.of(p).sorted().skip(VOCABULARY - 20L).toArray();
    double total = DoubleStream.of(top).sum();
    return -DoubleStream.of(top).map(q -> q / total * Math.log(q / total)).sum() / Math.log(20);
  }

  private static double likely(int row) {
    return softmax(states, row)[target(row)];
  }

  private static int target(int row) {
    return (int) targets[row];
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
