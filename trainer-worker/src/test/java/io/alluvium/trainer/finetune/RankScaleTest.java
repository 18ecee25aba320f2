package io.alluvium.trainer.finetune;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.adapter.Patterns;
import io.alluvium.trainer.adapter.kind.AdapterKind;
import io.alluvium.trainer.adapter.kind.Lora;
import io.alluvium.trainer.adapter.kind.RsLora;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.finetune.config.AdapterConfig;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.finetune.config.LoopConfig;
import io.alluvium.trainer.finetune.state.TrainingState;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.TinyModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What rsLoRA is for: with plain LoRA's alpha / rank a step of descent gains less and less as the
 * rank grows, with alpha / √rank it does not.
 */
class RankScaleTest {
  @TempDir Path folder;

  @Test
  void theFirstStepGainsAsMuchAtALargeRank() throws Exception {
    HfFolder base = HfFolder.open(TinyModel.write(folder, TinyModel.MISTRAL, 2));
    try (Decoder decoder = Decoder.open(base, new EngineOptions(1, 90))) {
      assertThat(descent(decoder, new RsLora(), 64) / descent(decoder, new RsLora(), 4))
          .isBetween(0.5, 2.0);
      assertThat(descent(decoder, new Lora(), 64) / descent(decoder, new Lora(), 4))
          .isBetween(0.5 / 16, 2.0 / 16);
    }
  }

  /** Squared length of the gradient: what a small step of plain descent takes off the loss. */
  private static double descent(Decoder decoder, AdapterKind kind, int rank) {
    AdapterConfig adapter = Configs.adapter(kind.describe(), 1, 1);
    LoraSpec spec = new LoraSpec(rank, 8, List.of("q_proj"), kind, Patterns.NONE);
    FineTuneConfig config =
        new FineTuneConfig(
            rank,
            8,
            List.of("q_proj"),
            adapter,
            1,
            4,
            1e-3,
            0,
            1,
            0,
            1e9,
            3,
            false,
            LoopConfig.defaults(),
            AnchorConfig.none(),
            Map.of(),
            1);
    assertThat(config.lora()).isEqualTo(spec);
    try (TrainingState fresh = TrainingState.initial(decoder.config(), spec, 3);
        Slope slope = new Slope(decoder, config, fresh.copyAfter(0, 0))) {
      List<float[]> gradient = slope.gradientAt(fresh);
      return Slope.dot(gradient, gradient);
    }
  }
}
