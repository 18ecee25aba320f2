package io.alluvium.trainer.pretrain.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TrainingPlanTest {
  private final TrainingPlan plan = new TrainingPlan(1000, 28, 96, 3e-3, 100, 0.1, 500);

  @Test
  void theRateRisesToThePeakAndFallsToTwoPercentOfIt() {
    assertThat(plan.learningRate(0)).isEqualTo(3e-5, within(1e-12));
    assertThat(plan.learningRate(99)).isEqualTo(3e-3, within(1e-12));
    assertThat(plan.learningRate(550)).isEqualTo(3e-3 * 0.51, within(1e-9));
    assertThat(plan.learningRate(999)).isEqualTo(6e-5, within(1e-7));
  }

  @Test
  void aValueOutOfRangeIsRefusedByName() {
    assertThatThrownBy(() -> new TrainingPlan(0, 28, 96, 3e-3, 100, 0.1, 500))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pretrain: steps is 0, must be at least 1");
    assertThatThrownBy(() -> new TrainingPlan(10, 28, 96, 3e-3, 100, 1.5, 500))
        .hasMessage("pretrain: promptWeight is 1.5, must be in [0, 1]");
  }
}
