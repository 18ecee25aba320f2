package io.alluvium.trainer.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.decoder.options.GenerationOptions;
import io.alluvium.trainer.decoder.options.Precision;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.TinyModel;
import io.alluvium.trainer.model.tensor.Dtype;
import io.alluvium.trainer.model.text.TokenSequence;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A base held in bf16 against the same base held in fp32: the stated difference is one percent. */
class HalfPrecisionBaseTest {
  private static final float TOLERANCE = 0.01f;

  @TempDir static Path folder;

  private static Decoder wide;
  private static Decoder half;

  @BeforeAll
  static void open() throws Exception {
    TinyModel.write(folder, TinyModel.DEMO, TinyModel.weights(TinyModel.DEMO, 5), Dtype.BF16);
    HfFolder model = HfFolder.open(folder);
    wide = Decoder.open(model, new EngineOptions(1, 90, Precision.FP32));
    half = Decoder.open(model, new EngineOptions(1, 90, Precision.BF16));
  }

  @AfterAll
  static void close() {
    wide.close();
    half.close();
  }

  @Test
  void lossesDifferByLessThanOnePercent() {
    List<TokenSequence> sequences = DecoderParityTest.sequences(wide.config(), 30);
    float[] expected = wide.score(sequences, null).losses();
    float[] losses = half.score(sequences, null).losses();
    for (int i = 0; i < losses.length; i++) {
      assertThat(losses[i]).isCloseTo(expected[i], within(TOLERANCE * Math.max(1, expected[i])));
    }
  }

  @Test
  void lossesUnderAnAdapterDifferByLessThanOnePercent() {
    List<TokenSequence> sequences = DecoderParityTest.sequences(wide.config(), 30);
    LoraSpec spec = new LoraSpec(4, 8, List.of("q_proj", "v_proj", "up_proj", "down_proj"));
    try (LoraWeights adapter = TinyModel.adapter(wide.config(), spec, 3)) {
      double expected = wide.score(sequences, adapter).meanLoss();
      assertThat(half.score(sequences, adapter).meanLoss())
          .isCloseTo(expected, within(TOLERANCE * expected));
      assertThat(expected)
          .as("the adapter changes something")
          .isNotCloseTo(wide.score(sequences, null).meanLoss(), within(0.05));
    }
  }

  @Test
  void generationWithACacheAgreesWithTheForwardPass() {
    int[] prompt = {1, 9, 30, 4};
    int[] next = half.generate(List.of(prompt), GenerationOptions.greedy(1), null).get(0);
    double[] logits = half.lastLogits(prompt, null);
    for (double logit : logits) {
      assertThat(logit).isLessThanOrEqualTo(logits[next[0]]);
    }
  }
}
