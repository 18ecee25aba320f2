package io.alluvium.trainer.gate;

import static io.alluvium.trainer.gate.GateRig.assertRefused;
import static io.alluvium.trainer.gate.GateRig.better;
import static io.alluvium.trainer.gate.GateRig.jittered;
import static io.alluvium.trainer.gate.GateRig.losses;
import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.trainer.gate.GateConfig.LossRule;
import io.alluvium.trainer.gate.measure.GateInputs;
import io.alluvium.trainer.gate.measure.GateInputs.Exposure;
import io.alluvium.trainer.gate.measure.GateInputs.OwnSkill;
import io.alluvium.trainer.gate.measure.GateInputs.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the gate makes of what the adapter itself learned, and of single records that it keeps. */
class OwnPastGateTest {
  private final Gate gate = new Gate(GateRig.config(LossRule.WHERE_NO_EXACT_MATCH, GateRig.SUITES));

  @Test
  void whatWasLearnedOfASourceStays() {
    assertThat(gate.decide(own(new OwnSkill("news", 9.0, 1.0, 1.7, 20))))
        .isInstanceOf(Verdict.Pass.class);
    assertRefused(
        gate.decide(own(new OwnSkill("news", 9.0, 1.0, 1.9, 20))),
        "what was learned of news is being forgotten: loss 1.9000 on 20 of its held-out examples, the best version has 1.0000, 1.8000 is allowed");
  }

  @Test
  void aSourceThatTaughtLittleMayRiseByTheBudgetOfASkill() {
    assertThat(gate.decide(own(new OwnSkill("news", 1.2, 1.0, 1.09, 20))))
        .isInstanceOf(Verdict.Pass.class);
    assertRefused(gate.decide(own(new OwnSkill("news", 1.2, 1.0, 1.11, 20))), "forgotten");
  }

  @Test
  void fewExamplesOfASourceInformAndDoNotDecide() {
    Verdict verdict = gate.decide(own(new OwnSkill("news", 9.0, 1.0, 5.0, 7)));
    assertThat(verdict).isInstanceOf(Verdict.Pass.class);
    assertThat(verdict.axes())
        .filteredOn(axis -> axis.name().equals("own/news/loss"))
        .singleElement()
        .satisfies(axis -> assertThat(axis.bound()).isNull());
  }

  @Test
  void aWindowThatSpeaksAgainstWhatWasKnownOfItsSourceIsRefusedAsForgetting() {
    List<Double> before = losses(1.0, 20);
    assertThat(gate.decide(step(before, jittered(before, -0.03)))).isInstanceOf(Verdict.Pass.class);
    Verdict verdict = gate.decide(step(before, jittered(before, -0.2)));
    assertRefused(verdict, "this window speaks against what was known of news");
    assertThat(Gate.forgets(verdict)).isTrue();
  }

  @Test
  void aRiseWithinItsNoiseOrOfFewExamplesRefusesNothing() {
    List<Double> before = losses(1.0, 8);
    List<Double> uneven = List.of(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.8);
    assertThat(gate.decide(step(before, uneven))).isInstanceOf(Verdict.Pass.class);
    assertThat(gate.decide(step(losses(1.0, 7), losses(5.0, 7)))).isInstanceOf(Verdict.Pass.class);
    assertThat(gate.decide(step(List.of(), List.of()))).isInstanceOf(Verdict.Pass.class);
  }

  @Test
  void exposureOfACanaryInformsAndAnAnsweredSecretRefuses() {
    assertThat(gate.decide(exposed(new Exposure("door", 6, false))))
        .isInstanceOf(Verdict.Pass.class);
    Verdict verdict = gate.decide(exposed(new Exposure("door", 6, true)));
    assertRefused(verdict, "canary door is memorised");
    assertThat(Gate.forgets(verdict)).isFalse();
  }

  private static GateInputs own(OwnSkill skill) {
    return better(new GateInputs.Own(List.of(skill), List.of()), List.of());
  }

  private static GateInputs step(List<Double> before, List<Double> after) {
    Step step = new Step("news", before, after);
    return better(new GateInputs.Own(List.of(), List.of(step)), List.of());
  }

  private static GateInputs exposed(Exposure exposure) {
    return better(GateInputs.Own.NONE, List.of(exposure));
  }
}
