package io.alluvium.trainer.finetune.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class KlControlTest {
  @Test
  void aKlThatFallsWithTheFactorComesToTheBudget() {
    KlControl control = new KlControl(0.02);
    for (int step = 0; step < 60; step++) {
      control.took(0.5 / control.factor());
    }
    assertThat(0.5 / control.factor()).isEqualTo(0.02, within(0.001));
  }

  @Test
  void belowTheBudgetTheFactorFallsAndNeverOutOfItsBounds() {
    KlControl control = new KlControl(0.02);
    control.took(0);
    assertThat(control.factor()).isEqualTo(Math.exp(-0.2), within(1e-12));
    for (int step = 0; step < 100; step++) {
      control.took(0);
    }
    assertThat(control.factor()).isEqualTo(1e-3);
    for (int step = 0; step < 100; step++) {
      control.took(100);
    }
    assertThat(control.factor()).isEqualTo(1e3);
  }

  @Test
  void withoutABudgetItStays() {
    KlControl control = new KlControl(0);
    control.took(5);
    assertThat(control.factor()).isEqualTo(1);
  }
}
