package io.alluvium.trainer.finetune;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.Scores;
import io.alluvium.trainer.decoder.options.GenerationOptions;
import io.alluvium.trainer.finetune.FineTuneResult.Trained;
import io.alluvium.trainer.finetune.anchor.Anchors;
import io.alluvium.trainer.finetune.config.AdapterConfig;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.finetune.state.TrainingState;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.TinyArchitecture;
import io.alluvium.trainer.model.tensor.Dtype;
import io.alluvium.trainer.model.text.TokenSequence;
import io.alluvium.trainer.program.device.DataType;
import io.alluvium.trainer.program.device.EngineRuntime;
import io.alluvium.trainer.program.weights.DecoderWeights;
import io.alluvium.trainer.program.weights.Held;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights that stay in 16 bits and are widened for each product give the very same numbers. */
class HeldWeightsTest {
  private static final int[] PROMPT = {1, 9, 30, 4};

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    EngineRuntime.start(1);
  }

  @ParameterizedTest
  @EnumSource(TinyArchitecture.class)
  void everyArchitectureComputesTheSame(TinyArchitecture architecture) throws Exception {
    architecture.write(folder, Dtype.BF16);
    try (Decoder widened = open(Held.AS_MULTIPLIED);
        Decoder stored = open(Held.AS_STORED)) {
      assertThat(stored.lastLogits(PROMPT, null)).containsExactly(widened.lastLogits(PROMPT, null));
      List<TokenSequence> sequences = Configs.items(6).stream().map(TrainingItem::tokens).toList();
      Scores expected = widened.scoreWithEmbeddings(sequences, null);
      Scores scores = stored.scoreWithEmbeddings(sequences, null);
      assertThat(scores.losses()).containsExactly(expected.losses());
      assertThat(scores.embeddings()).usingRecursiveComparison().isEqualTo(expected.embeddings());
      GenerationOptions greedy = GenerationOptions.greedy(6);
      assertThat(stored.generate(List.of(PROMPT), greedy, null).get(0))
          .containsExactly(widened.generate(List.of(PROMPT), greedy, null).get(0));
      assertThat(trained(stored, "lora")).isDeepEqualTo(trained(widened, "lora"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dora", "eva", "b-only", "randlora", "spiel"})
  void everyKindOfAdapterLearnsTheSame(String kind) throws Exception {
    TinyArchitecture.LLAMA.write(folder, Dtype.BF16);
    try (Decoder widened = open(Held.AS_MULTIPLIED);
        Decoder stored = open(Held.AS_STORED)) {
      assertThat(trained(stored, kind)).isDeepEqualTo(trained(widened, kind));
    }
  }

  @Test
  void aSmallBaseIsWidenedOnce() throws Exception {
    TinyArchitecture.LLAMA.write(folder, Dtype.BF16);
    try (DecoderWeights weights = DecoderWeights.open(HfFolder.open(folder), 90, DataType.FP32)) {
      assertThat(weights.held()).isEqualTo(Held.AS_MULTIPLIED);
    }
  }

  private Decoder open(Held held) throws Exception {
    return Decoder.of(DecoderWeights.open(HfFolder.open(folder), 90, DataType.FP32, held));
  }

  private static float[][] trained(Decoder decoder, String kind) {
    AdapterConfig adapter = Configs.adapter(kind, 1, 4);
    List<String> linears = decoder.config().linears();
    List<String> targets = linears.subList(linears.size() - 2, linears.size());
    FineTuneConfig config =
        Configs.of(targets, adapter, new AnchorConfig(null, 0, 64, 3, 0.7), 0.5);
    List<TrainingItem> items = Configs.items(8);
    try (FineTuner tuner = new FineTuner(decoder, config, Anchors.of(Configs.anchors(3)));
        TrainingState parent = tuner.begin(items, 3);
        TrainingState candidate = ((Trained) tuner.train(parent, items, 5)).candidate()) {
      return values(candidate.adapter());
    }
  }

  private static float[][] values(LoraWeights adapter) {
    float[][] values =
        adapter.tensors().tensors().stream().map(tensor -> tensor.floats()).toArray(float[][]::new);
    assertThat(Arrays.stream(values).mapToInt(part -> part.length).sum()).isPositive();
    return values;
  }
}
