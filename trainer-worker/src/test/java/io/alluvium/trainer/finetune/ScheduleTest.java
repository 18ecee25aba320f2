package io.alluvium.trainer.finetune;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.finetune.FineTuneResult.Diverged;
import io.alluvium.trainer.finetune.config.AdapterConfig;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.finetune.config.LoopConfig;
import io.alluvium.trainer.finetune.schedule.LearningRate;
import io.alluvium.trainer.finetune.step.Step;
import io.alluvium.trainer.model.text.TokenSequence;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The pure rules of a round: learning rate, divergence, settings. */
class ScheduleTest {
  private static final FineTuneConfig CONFIG =
      Configs.of(new LoraSpec(2, 4, List.of("q_proj")), AnchorConfig.none());
  private static final List<TrainingItem> BATCH = Configs.items(3);

  @Test
  void learningRateWarmsUpOnceAndFallsInEveryWindow() {
    LearningRate rate = new LearningRate(CONFIG.course(), 11);
    assertThat(rate.at(0, 0)).isCloseTo(1e-2 / 3, within(1e-9));
    assertThat(rate.at(100, 0)).isCloseTo(1e-2, within(1e-9));
    assertThat(rate.at(105, 5)).isCloseTo(1e-2 * 0.55, within(1e-9));
    assertThat(rate.at(110, 10)).isCloseTo(1e-3, within(1e-9));
    assertThat(new LearningRate(CONFIG.course(), 1).at(100, 0)).isCloseTo(1e-2, within(1e-9));
  }

  @Test
  void aWindowMayBeginWithARiseOfItsOwn() {
    LearningRate rate = new LearningRate(new LearningRate.Course(1, 1, 3, 0), 14);
    assertThat(rate.at(0, 0)).isEqualTo(0.25);
    assertThat(rate.at(100, 1)).isEqualTo(0.5);
    assertThat(rate.at(102, 3)).isEqualTo(1);
    assertThat(rate.at(107, 8)).isCloseTo(0.5, within(1e-9));
    assertThat(rate.at(112, 13)).isCloseTo(0, within(1e-9));
  }

  @Test
  void ordinaryLossesPass() {
    DivergenceGuard guard = new DivergenceGuard(3, 61);
    assertThat(guard.judge(BATCH, report(5, 6, 7), 0)).isNull();
    assertThat(guard.judge(BATCH, report(9, 9, 17), 1)).isNull();
  }

  @Test
  void anExplodedLossNamesTheItemsThatCarryIt() {
    DivergenceGuard guard = new DivergenceGuard(3, 61);
    guard.judge(BATCH, report(1, 1, 1), 0);
    Diverged diverged = requireNonNull(guard.judge(BATCH, report(1, 100, 2), 1));
    assertThat(diverged.suspectIds()).containsExactly("item-1");
    assertThat(diverged.reason())
        .isEqualTo("loss 34.3 exploded, normal is up to 4.11 at step 2 of the window");
  }

  @Test
  void whenNobodyStandsOutTheWholeBatchIsSuspect() {
    DivergenceGuard guard = new DivergenceGuard(3, 61);
    Step.Report report =
        new Step.Report(new float[] {1, 1, 1}, 1, 0, Float.POSITIVE_INFINITY, new float[0]);
    Diverged diverged = requireNonNull(guard.judge(BATCH, report, 0));
    assertThat(diverged.suspectIds()).containsExactly("item-0", "item-1", "item-2");
    assertThat(diverged.reason()).startsWith("gradient is not finite");
  }

  @Test
  void settingsAreRefusedByName() {
    assertThatThrownBy(() -> new AnchorConfig(null, 0, 1, 0, 0))
        .hasMessage("finetune.anchors.maxTokens is 1, want 2 or more");
    assertThatThrownBy(
            () ->
                new FineTuneConfig(
                    8,
                    16,
                    List.of("q_proj"),
                    AdapterConfig.defaults(),
                    0,
                    1,
                    1e-3,
                    0,
                    1,
                    0,
                    1,
                    3,
                    false,
                    LoopConfig.defaults(),
                    AnchorConfig.none(),
                    Map.of(),
                    1))
        .hasMessage("finetune.epochs is 0, want 1 or more");
    assertThatThrownBy(() -> new LoopConfig(0, 0, 0, 1, 10, 0.1))
        .hasMessage("finetune.loop.dropout is 1.0, want in [0, 1)");
    assertThatThrownBy(() -> new LoraSpec(8, 16, List.of("wq")))
        .hasMessageContaining("target 'wq', known: [q_proj");
    assertThatThrownBy(() -> new TokenSequence(new int[] {1, 2}, 2))
        .hasMessage("responseStart 2 outside [1, 2)");
    assertThat(FineTuneConfig.defaults().lora().scale()).isEqualTo(2);
  }

  private static Step.Report report(float... losses) {
    return new Step.Report(losses, losses[0], 0, 1, new float[0]);
  }
}
