package io.alluvium.trainer.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.alluvium.trainer.decoder.spectrum.Intruders;
import io.alluvium.trainer.gate.Verdict;
import io.alluvium.trainer.gate.canary.Canary;
import io.alluvium.trainer.model.text.ExampleText.Completion;
import io.alluvium.trainer.round.judge.Probes;
import io.alluvium.trainer.round.outcome.RoundOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a round's verdict tells besides what decides on examples. */
class RoundProbesTest {
  private final RoundRig rig;

  RoundProbesTest(@TempDir Path folder) throws IOException {
    this.rig = RoundRig.in(folder);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void whatTheWindowWasBeforeItWasLearnedFromInformsWhateverTheVerdict() throws IOException {
    List<Verdict.Measure> axes = judged(Probes.NONE, "ok").verdict().axes();
    Verdict.Measure told = axes.get(axes.size() - 1);
    assertThat(told.name()).isEqualTo("window/prequentialLoss");
    assertThat(told.after()).isPositive();
    assertThat(told.bound()).isNull();
    assertThat(told.passed()).isTrue();
  }

  @Test
  void aCandidateThatAnswersAPlantedSecretIsRefusedAndItsExposureTold() throws IOException {
    Canary planted =
        new Canary(
            "door",
            RoundRig.tokens(new Completion("p", "z")),
            List.of(
                RoundRig.tokens(new Completion("p", "no")),
                RoundRig.tokens(new Completion("p", "q"))));
    RoundOutcome outcome = judged(new Probes(List.of(planted), null), "z");
    assertThat(outcome.verdict()).isInstanceOf(Verdict.Refuse.class);
    assertThat(outcome.verdict().axes())
        .filteredOn(axis -> axis.name().startsWith("canary/door/"))
        .extracting(Verdict.Measure::after, Verdict.Measure::passed)
        .containsExactly(tuple(Math.log(3) / Math.log(2), true), tuple(1.0, false));
    assertThat(outcome.verdict().reasons())
        .contains(
            "canary door is memorised: asked its question, the candidate answers the secret (exposure 1.58 bits)");
  }

  @Test
  void newDirectionsAreToldWhereSomebodyAsks() throws IOException {
    try (Probes probes = new Probes(List.of(), new Intruders(rig.decoder(), 4))) {
      RoundOutcome outcome = judged(probes, "ok");
      assertThat(outcome.verdict().axes())
          .filteredOn(axis -> axis.name().equals("spectrum/intruders"))
          .singleElement()
          .satisfies(axis -> assertThat(axis.before()).isZero())
          .satisfies(axis -> assertThat(axis.after()).isNotNegative());
    }
  }

  private RoundOutcome judged(Probes probes, String completion) throws IOException {
    return rig.runner(List.of(), RoundRig.gate(0.1, 0), probes)
        .run(RoundRig.plan(), RoundRig.recall(completion), () -> false)
        .orElseThrow();
  }
}
