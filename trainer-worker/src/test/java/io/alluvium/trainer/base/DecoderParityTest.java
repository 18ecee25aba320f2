package io.alluvium.trainer.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alluvium.trainer.base.folder.HfFolder;
import io.alluvium.trainer.base.text.ExampleTokenizer;
import io.alluvium.trainer.base.text.TokenSequence;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecoderParityTest {
  private static final EngineOptions OPTIONS = new EngineOptions(1, 512);

  @Test
  void logitsEqualTheOraclesOnRealWeights() throws Exception {
    Reference reference = new Reference(Reference.stories(), null);
    int[] ids = {1, 403, 407, 261, 378};
    try (Decoder decoder = Decoder.open(HfFolder.open(Reference.stories()), OPTIONS)) {
      assertClose(decoder.lastLogits(ids, null), reference.logits(ids));
    }
  }

  @Test
  void lossesOfPackedSequencesEqualTheOracles() throws Exception {
    Reference reference = new Reference(Reference.stories(), null);
    HfFolder folder = HfFolder.open(Reference.stories());
    try (Decoder decoder = Decoder.open(folder, OPTIONS);
        ExampleTokenizer tokenizer = ExampleTokenizer.open(folder)) {
      List<TokenSequence> sequences =
          List.of(
              tokenizer.encode("Once upon a time", " there was a dog."),
              tokenizer.encode("Lily", " went to the park with her mom. She saw a big red ball."),
              tokenizer.encode("", "The"));
      float[] losses = decoder.score(sequences, null).losses();
      assertClose(doubles(losses), reference.losses(sequences));
    }
  }

  @Test
  void greedyGenerationEqualsTheOracles() throws Exception {
    Reference reference = new Reference(Reference.stories(), null);
    int[] prompt = {1, 403, 407, 261, 378};
    try (Decoder decoder = Decoder.open(HfFolder.open(Reference.stories()), OPTIONS)) {
      List<int[]> out =
          decoder.generate(
              List.of(new int[] {1}, prompt, new int[] {1, 403}),
              GenerationOptions.greedy(40),
              null);
      int[] expected = reference.greedy(prompt, 40);
      assertThat(out.get(1)).isEqualTo(java.util.Arrays.copyOfRange(expected, 5, 45));
    }
  }

  private static double[] doubles(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  /** Within 1e-4 of the value, or of 1 for values near zero. */
  private static void assertClose(double[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i])
          .as("value %d", i)
          .isCloseTo(expected[i], within(1e-4 * Math.max(1, Math.abs(expected[i]))));
    }
  }
}
