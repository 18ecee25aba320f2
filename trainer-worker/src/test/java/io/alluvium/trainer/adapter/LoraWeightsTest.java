package io.alluvium.trainer.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.alluvium.trainer.adapter.kind.Lora;
import io.alluvium.trainer.adapter.kind.Spiel;
import io.alluvium.trainer.model.folder.TinyModel;
import io.alluvium.trainer.program.device.EngineRuntime;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LoraWeightsTest {
  private static final LoraSpec SPEC = new LoraSpec(2, 4, List.of("q_proj"));

  @BeforeAll
  static void start() {
    EngineRuntime.start(1);
  }

  @Test
  void betweenTwoAdaptersEachValueLiesAsFarAsItsShare() {
    try (LoraWeights from = LoraWeights.initial(TinyModel.MISTRAL, SPEC, 1);
        LoraWeights to = LoraWeights.initial(TinyModel.MISTRAL, SPEC, 2)) {
      for (double share : List.of(0.0, 0.25, 1.0)) {
        try (LoraWeights between = to.between(from, share)) {
          float a = from.trained().get(0).floats()[3];
          float b = to.trained().get(0).floats()[3];
          assertThat((double) between.trained().get(0).floats()[3])
              .isEqualTo(a + share * (b - a), within(1e-7));
        }
      }
    }
  }

  @Test
  void adaptersOfOtherShapesHaveNothingBetweenThem() {
    try (LoraWeights from = LoraWeights.initial(TinyModel.MISTRAL, SPEC, 1);
        LoraWeights to =
            LoraWeights.initial(TinyModel.MISTRAL, new LoraSpec(3, 4, List.of("q_proj")), 1)) {
      assertThatIllegalArgumentException().isThrownBy(() -> to.between(from, 0.5));
    }
  }

  @Test
  void sparseOnesOfWhichEachChangesOtherEntriesDoNotMix() {
    assertThat(new Lora().mixes()).isTrue();
    assertThat(new Spiel().mixes()).isFalse();
  }
}
