package io.alluvium.trainer.gate;

import static io.alluvium.trainer.gate.GateRig.SUITES;
import static io.alluvium.trainer.gate.GateRig.assertRefused;
import static io.alluvium.trainer.gate.GateRig.config;
import static io.alluvium.trainer.gate.GateRig.jittered;
import static io.alluvium.trainer.gate.GateRig.losses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.trainer.gate.GateConfig.LossRule;
import io.alluvium.trainer.gate.GateConfig.Own;
import io.alluvium.trainer.gate.Verdict.Measure;
import io.alluvium.trainer.gate.measure.GateInputs;
import io.alluvium.trainer.gate.measure.GateInputs.HeldOutLosses;
import io.alluvium.trainer.gate.measure.GateInputs.Retention;
import io.alluvium.trainer.gate.measure.GateInputs.SkillScore;
import io.alluvium.trainer.gate.measure.GateInputs.Soundness;
import io.alluvium.trainer.gate.measure.GateInputs.Suite;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GateTest {
  private final Gate gate = new Gate(config(LossRule.WHERE_NO_EXACT_MATCH, SUITES));

  @Test
  void aCandidateThatIsBetterKeepsItsSkillsAndLivesIsReleased() {
    Verdict verdict = gate.decide(good(List.of(skill("facts", 1.0, 0.96, 0.2, 0.25))));
    assertThat(verdict).isInstanceOf(Verdict.Pass.class);
    assertThat(verdict.reasons()).isEmpty();
    assertThat(verdict.axes())
        .extracting(Verdict.Measure::name)
        .containsExactly(
            "heldout/examples",
            "heldout/loss",
            "heldout/gainLowerBound",
            "alive",
            "reload/relativeDifference",
            "retention/facts/exactMatch",
            "retention/facts/loss");
    assertThat(verdict.axes()).allMatch(Verdict.Measure::passed);
  }

  @Test
  void noiseIsNoGainAndTrainingGoesOnFromIt() {
    List<Double> before = losses(2.0, 30);
    assertContinued(
        gate.decide(look(1, before, jittered(before, 0.0))), "is not surely better than");
  }

  @Test
  void aCandidateThatIsSurelyWorseGoesBack() {
    List<Double> before = losses(2.0, 30);
    assertRefused(
        gate.decide(look(1, before, jittered(before, -0.5))), "surely worse on held-out examples");
  }

  @Test
  void aCandidateThatIsWorseWithinTheBudgetOfASkillIsTrainedOn() {
    List<Double> before = losses(2.0, 30);
    assertContinued(
        gate.decide(look(1, before, jittered(before, -0.05))), "is not surely better than");
  }

  @Test
  void aLineThatIsNeverBetterEnds() {
    List<Double> before = losses(2.0, 30);
    List<Double> after = jittered(before, 0.0);
    assertContinued(gate.decide(look(11, before, after)), "is not surely better");
    assertRefused(gate.decide(look(12, before, after)), "12 candidates in a row");
  }

  @Test
  void everyFurtherLookMustShowMore() {
    List<Double> before = losses(2.0, 12);
    List<Double> after = jittered(before, 0.014);
    assertThat(gate.decide(look(1, before, after))).isInstanceOf(Verdict.Pass.class);
    assertThat(gate.decide(look(11, before, after))).isInstanceOf(Verdict.Continue.class);
  }

  @Test
  void aSmallSteadyGainPassesThoughExamplesDifferWidely() {
    List<Double> before = IntStream.range(0, 25).mapToObj(n -> 0.5 + n * 0.3).toList();
    List<Double> after = jittered(before, 0.03);
    assertThat(gate.decide(good(before, after))).isInstanceOf(Verdict.Pass.class);
  }

  @Test
  void tooFewHeldOutExamplesShowNothingAndHarmNobody() {
    assertContinued(
        gate.decide(look(1, List.of(), List.of())), "0 held-out examples, 8 are needed to judge");
    assertContinued(
        gate.decide(look(1, losses(2.0, 7), jittered(losses(1.0, 7), 0))),
        "7 held-out examples, 8 are needed to judge (gate.minHeldOut)");
  }

  @Test
  void examplesThatCanShowNothingAreSaidToInWords() {
    GateConfig few =
        new GateConfig(
            0.1,
            2,
            0.95,
            12,
            SUITES,
            0.05,
            0.1,
            LossRule.NEVER,
            new Own(128, 0.1, 0.05),
            null,
            0,
            0,
            1e-5);
    Verdict verdict = new Gate(few).decide(look(1, losses(2.0, 2), jittered(losses(1.0, 2), 0)));
    assertContinued(
        verdict, "2 examples with these losses cannot show a gain at 97.5 %, however large");
    assertThat(verdict.reasons()).noneMatch(line -> line.contains("Infinity"));
  }

  @Test
  void aSkillBelowItsBudgetRefuses() {
    assertRefused(
        gate.decide(good(List.of(skill("add", 0.98, 0.92, 0.1, 0.1)))),
        "skill add falls to 0.920 exact match; the base has 0.980, a drop of 0.050 is allowed");
  }

  @Test
  void aDropOfExactlyTheBudgetPasses() {
    Verdict verdict = gate.decide(good(List.of(skill("add", 1.0, 0.95, 0.1, 0.1))));
    assertThat(verdict).isInstanceOf(Verdict.Pass.class);
  }

  @Test
  void theBudgetCountsFromTheBaseNotFromTheChampion() {
    Retention slipping =
        new Retention(
            new Suite("add", "d"),
            new SkillScore(1.0, 0.1, 100),
            new SkillScore(0.95, 0.1, 100),
            new SkillScore(0.95, 0.1, 100),
            new SkillScore(0.91, 0.1, 100));
    assertRefused(gate.decide(good(List.of(slipping))), "skill add falls to 0.910");
  }

  @Test
  void theBudgetCountsFromTheBestVersionTooWhereThatIsBetterThanTheBase() {
    SkillScore best = new SkillScore(0.98, 0.1, 100);
    assertThat(gate.decide(good(List.of(improved(best, 0.93))))).isInstanceOf(Verdict.Pass.class);
    assertRefused(
        gate.decide(good(List.of(improved(best, 0.92)))),
        "skill add falls to 0.920 exact match; the best released version had 0.980, a drop of 0.050 is allowed");
  }

  @Test
  void aDropFromTheBestThatIsNoiseInSoFewItemsIsAllowed() {
    SkillScore best = new SkillScore(0.75, 0.1, 16);
    assertThat(gate.decide(good(List.of(improved(best, 0.65))))).isInstanceOf(Verdict.Pass.class);
    assertRefused(
        gate.decide(good(List.of(improved(best, 0.64)))),
        "the best released version had 0.750, a drop of 0.108 is allowed");
  }

  @Test
  void whereTheLossDecidesItIsHeldToTheBestVersionToo() {
    SkillScore base = new SkillScore(0, 3.0, 100);
    SkillScore champion = new SkillScore(0, 1.4, 100);
    SkillScore best = new SkillScore(0, 1.0, 100);
    Retention risen =
        new Retention(new Suite("prose", "d"), base, champion, best, new SkillScore(0, 1.11, 100));
    assertRefused(
        gate.decide(good(List.of(risen))),
        "loss on skill prose rises to 1.1100; the best released version had 1.0000, a rise of 0.1000 is allowed");
  }

  private static Retention improved(SkillScore best, double match) {
    SkillScore base = new SkillScore(0.5, 0.1, best.items());
    SkillScore champion = new SkillScore(match, 0.1, best.items());
    return new Retention(new Suite("add", "d"), base, champion, best, champion);
  }

  @Test
  void lossDecidesWhereTheBaseGetsNothingExactlyRight() {
    assertRefused(
        gate.decide(good(List.of(skill("prose", 0.0, 0.0, 2.0, 2.2)))),
        "loss on skill prose rises to 2.2000");
    assertThat(gate.decide(good(List.of(skill("facts", 1.0, 1.0, 2.0, 2.2)))))
        .isInstanceOf(Verdict.Pass.class);
  }

  @Test
  void theLossRuleIsFollowed() {
    List<Retention> risen = List.of(skill("facts", 1.0, 1.0, 2.0, 2.2));
    assertThat(new Gate(config(LossRule.ALWAYS, SUITES)).decide(good(risen)))
        .isInstanceOf(Verdict.Refuse.class);
    List<Retention> prose = List.of(skill("prose", 0.0, 0.0, 2.0, 9.0));
    assertThat(new Gate(config(LossRule.NEVER, SUITES)).decide(good(prose)))
        .isInstanceOf(Verdict.Pass.class);
  }

  @Test
  void aLossThatIsNotANumberNeverPasses() {
    List<Double> broken = Collections.nCopies(20, Double.NaN);
    assertThat(gate.decide(look(1, losses(2.0, 20), broken))).isInstanceOf(Verdict.Refuse.class);
    assertThat(gate.decide(good(List.of(skill("prose", 0.0, 0.0, 2.0, Double.NaN)))))
        .isInstanceOf(Verdict.Refuse.class);
    assertThat(gate.decide(good(List.of(skill("add", 1.0, Double.NaN, 2.0, 2.0)))))
        .isInstanceOf(Verdict.Refuse.class);
  }

  @Test
  void aDeadAdapterIsRefused() {
    List<Double> same = losses(2.0, 20);
    Verdict dead = gate.decide(measured(same, same, new Soundness(false, 0)));
    assertRefused(dead, "every B is zero");
    assertRefused(gate.decide(look(1, same, same)), "no held-out loss moved");
  }

  @Test
  void anArtifactThatReadsBackDifferentlyIsRefused() {
    List<Double> after = jittered(losses(1.0, 20), 0);
    for (double difference : new double[] {1e-4, Double.NaN}) {
      assertRefused(
          gate.decide(measured(losses(2.0, 20), after, new Soundness(true, difference))),
          "read back gives other losses");
    }
  }

  @Test
  void withoutSuitesEveryVerdictSaysSo() {
    Gate blind = new Gate(config(LossRule.NEVER, List.of()));
    assertThat(blind.decide(good(List.<Retention>of())).reasons())
        .containsExactly("no retention suite is configured: forgetting is not measured");
    assertThat(blind.withoutCandidate("empty")).isInstanceOf(Verdict.Continue.class);
    assertThat(blind.failed("diverged")).isInstanceOf(Verdict.Refuse.class);
    assertThat(blind.failed("diverged").reasons()).hasSize(2).contains("diverged");
  }

  @Test
  void budgetsAreChecked() {
    assertThatThrownBy(
            () ->
                new GateConfig(
                    0.1,
                    8,
                    1.5,
                    12,
                    List.of(),
                    0.05,
                    0.1,
                    LossRule.NEVER,
                    new Own(128, 0.1, 0.05),
                    null,
                    0,
                    0,
                    1e-5))
        .hasMessage("gate.confidence is 1.5, must be above 0.5 and below 1");
  }

  @Test
  void onlyWhatIsForgottenIsMendedByASmallerStep() {
    Measure forgotten = new Measure("retention/add/exactMatch", 0.9, 0.5, 0.8, false);
    Measure dead = new Measure("alive", null, 0, 1.0, false);
    Measure unsure = new Measure("heldout/gainLowerBound", null, -0.1, 0.0, false);
    assertThat(Gate.forgets(new Verdict.Refuse(List.of(forgotten, unsure), List.of()))).isTrue();
    assertThat(Gate.forgets(new Verdict.Refuse(List.of(forgotten, dead), List.of()))).isFalse();
    assertThat(Gate.forgets(new Verdict.Refuse(List.of(unsure), List.of()))).isFalse();
    assertThat(Gate.forgets(new Verdict.Continue(List.of(unsure), List.of()))).isFalse();
  }

  private static void assertContinued(Verdict verdict, String reason) {
    assertThat(verdict).isInstanceOf(Verdict.Continue.class);
    assertThat(verdict.reasons()).anyMatch(line -> line.contains(reason));
  }

  private static GateInputs good(List<Retention> retention) {
    List<Double> after = jittered(losses(1.0, 20), 0);
    return measured(new HeldOutLosses(losses(2.0, 20), after), retention);
  }

  private static GateInputs good(List<Double> before, List<Double> after) {
    return measured(new HeldOutLosses(before, after), List.of(skill("add", 1, 1, 1, 1)));
  }

  private static GateInputs measured(HeldOutLosses losses, List<Retention> retention) {
    return new GateInputs(
        losses, 1, retention, GateInputs.Own.NONE, List.of(), new Soundness(true, 0));
  }

  private static GateInputs measured(List<Double> before, List<Double> after, Soundness soundness) {
    return new GateInputs(
        new HeldOutLosses(before, after), 1, List.of(), GateInputs.Own.NONE, List.of(), soundness);
  }

  private static GateInputs look(int look, List<Double> before, List<Double> after) {
    return new GateInputs(
        new HeldOutLosses(before, after),
        look,
        List.of(),
        GateInputs.Own.NONE,
        List.of(),
        new Soundness(true, 0));
  }

  private static Retention skill(
      String name, double baseMatch, double match, double baseLoss, double loss) {
    SkillScore base = new SkillScore(baseMatch, baseLoss, 100);
    return new Retention(new Suite(name, "d"), base, base, base, new SkillScore(match, loss, 100));
  }
}
