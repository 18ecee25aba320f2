package io.alluvium.trainer.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.trainer.gate.GateConfig.LossRule;
import io.alluvium.trainer.gate.Measured.HeldOutLosses;
import io.alluvium.trainer.gate.Measured.Retention;
import io.alluvium.trainer.gate.Measured.SkillScore;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final List<Path> SUITES = List.of(Path.of("skills.jsonl"));
  private final Gate gate = new Gate(config(LossRule.WHERE_NO_EXACT_MATCH, SUITES));

  @Test
  void aCandidateThatIsBetterKeepsItsSkillsAndLivesIsReleased() {
    Verdict verdict = gate.decide(good(List.of(skill("facts", 1.0, 0.96, 0.2, 0.25))), 1);
    assertThat(verdict).isInstanceOf(Verdict.Pass.class);
    assertThat(verdict.reasons()).isEmpty();
    assertThat(verdict.axes())
        .extracting(Verdict.Measure::name)
        .containsExactly(
            "heldout/loss",
            "heldout/gainLowerBound",
            "alive",
            "reload/relativeDifference",
            "retention/facts/exactMatch",
            "retention/facts/loss");
    assertThat(verdict.axes()).allMatch(Verdict.Measure::passed);
  }

  @Test
  void noiseIsNotAGain() {
    List<Double> before = losses(2.0, 30);
    List<Double> after = jittered(before, 0.0);
    assertRefused(
        gate.decide(measured(before, after, after, true), 1), "is not surely better than");
  }

  @Test
  void aSmallSteadyGainPassesThoughExamplesDifferWidely() {
    List<Double> before = IntStream.range(0, 25).mapToObj(n -> 0.5 + n * 0.3).toList();
    List<Double> after = jittered(before, 0.03);
    assertThat(gate.decide(good(before, after), 1)).isInstanceOf(Verdict.Pass.class);
  }

  @Test
  void withoutHeldOutExamplesNothingIsShown() {
    assertRefused(
        gate.decide(measured(List.of(), List.of(), List.of(), true), 1),
        "no held-out example in the window");
  }

  @Test
  void fewHeldOutExamplesAreSaidButDoNotDecide() {
    Verdict verdict = gate.decide(good(losses(2.0, 3), List.of(1.0, 1.01, 0.9)), 1);
    assertThat(verdict).isInstanceOf(Verdict.Pass.class);
    assertThat(verdict.reasons())
        .anyMatch(reason -> reason.startsWith("only 3 held-out examples (minHeldOut is 8)"));
  }

  @Test
  void aSkillBelowItsBudgetRefuses() {
    assertRefused(
        gate.decide(good(List.of(skill("add", 0.98, 0.92, 0.1, 0.1))), 1),
        "skill add falls to 0.920 exact match; the base has 0.980, a drop of 0.050 is allowed");
  }

  @Test
  void aDropOfExactlyTheBudgetPasses() {
    Verdict verdict = gate.decide(good(List.of(skill("add", 1.0, 0.95, 0.1, 0.1))), 1);
    assertThat(verdict).isInstanceOf(Verdict.Pass.class);
  }

  @Test
  void theBudgetCountsFromTheBaseNotFromTheChampion() {
    Retention slipping =
        new Retention(
            "add",
            new SkillScore(1.0, 0.1, 100),
            new SkillScore(0.95, 0.1, 100),
            new SkillScore(0.91, 0.1, 100));
    assertRefused(gate.decide(good(List.of(slipping)), 1), "skill add falls to 0.910");
  }

  @Test
  void lossDecidesWhereTheBaseGetsNothingExactlyRight() {
    assertRefused(
        gate.decide(good(List.of(skill("prose", 0.0, 0.0, 2.0, 2.2))), 1),
        "loss on skill prose rises to 2.2000");
    assertThat(gate.decide(good(List.of(skill("facts", 1.0, 1.0, 2.0, 2.2))), 1))
        .isInstanceOf(Verdict.Pass.class);
  }

  @Test
  void theLossRuleIsFollowed() {
    List<Retention> risen = List.of(skill("facts", 1.0, 1.0, 2.0, 2.2));
    assertThat(new Gate(config(LossRule.ALWAYS, SUITES)).decide(good(risen), 1))
        .isInstanceOf(Verdict.Refuse.class);
    List<Retention> prose = List.of(skill("prose", 0.0, 0.0, 2.0, 9.0));
    assertThat(new Gate(config(LossRule.NEVER, SUITES)).decide(good(prose), 1))
        .isInstanceOf(Verdict.Pass.class);
  }

  @Test
  void aLossThatIsNotANumberNeverPasses() {
    List<Double> broken = Collections.nCopies(20, Double.NaN);
    assertThat(gate.decide(measured(losses(2.0, 20), broken, broken, true), 1))
        .isInstanceOf(Verdict.Refuse.class);
    assertThat(gate.decide(good(List.of(skill("prose", 0.0, 0.0, 2.0, Double.NaN))), 1))
        .isInstanceOf(Verdict.Refuse.class);
    assertThat(gate.decide(good(List.of(skill("add", 1.0, Double.NaN, 2.0, 2.0))), 1))
        .isInstanceOf(Verdict.Refuse.class);
  }

  @Test
  void aDeadAdapterIsRefused() {
    List<Double> same = losses(2.0, 20);
    Verdict dead = gate.decide(measured(same, same, same, false), 1);
    assertRefused(dead, "every B is zero");
    assertRefused(gate.decide(measured(same, same, same, true), 1), "no held-out loss moved");
  }

  @Test
  void anArtifactThatReadsBackDifferentlyIsRefused() {
    List<Double> after = losses(1.0, 20);
    List<Double> reloaded = after.stream().map(loss -> loss * 1.0001).toList();
    assertRefused(
        gate.decide(measured(losses(2.0, 20), after, reloaded, true), 1),
        "read back gives other losses");
  }

  @Test
  void withoutSuitesEveryVerdictSaysSo() {
    Gate blind = new Gate(config(LossRule.NEVER, List.of()));
    assertThat(blind.decide(good(List.of()), 1).reasons())
        .containsExactly("no retention suite is configured: forgetting is not measured");
    assertThat(blind.withoutCandidate("diverged").reasons()).hasSize(2).contains("diverged");
  }

  @Test
  void budgetsAreChecked() {
    assertThatThrownBy(
            () -> new GateConfig(0.1, 8, 1.5, 2000, List.of(), 0.05, 0.1, LossRule.NEVER, 1e-5))
        .hasMessage("gate.confidence is 1.5, must be above 0.5 and below 1");
  }

  private static void assertRefused(Verdict verdict, String reason) {
    assertThat(verdict).isInstanceOf(Verdict.Refuse.class);
    assertThat(verdict.reasons()).anyMatch(line -> line.contains(reason));
  }

  private static Measured good(List<Retention> retention) {
    List<Double> after = jittered(losses(1.0, 20), 0);
    return new Measured(new HeldOutLosses(losses(2.0, 20), after, after), retention, true);
  }

  private static Measured good(List<Double> before, List<Double> after) {
    return new Measured(
        new HeldOutLosses(before, after, after), List.of(skill("add", 1, 1, 1, 1)), true);
  }

  private static Measured measured(
      List<Double> before, List<Double> after, List<Double> reloaded, boolean alive) {
    return new Measured(new HeldOutLosses(before, after, reloaded), List.of(), alive);
  }

  private static Retention skill(
      String name, double baseMatch, double match, double baseLoss, double loss) {
    SkillScore base = new SkillScore(baseMatch, baseLoss, 100);
    return new Retention(name, base, base, new SkillScore(match, loss, 100));
  }

  private static List<Double> losses(double loss, int count) {
    return Collections.nCopies(count, loss);
  }

  /** Each a little different, lower by the gain on average. */
  private static List<Double> jittered(List<Double> losses, double gain) {
    Random random = new Random(3);
    return losses.stream().map(loss -> loss - gain + 0.02 * random.nextGaussian()).toList();
  }

  private static GateConfig config(LossRule rule, List<Path> suites) {
    return new GateConfig(0.1, 8, 0.95, 2000, suites, 0.05, 0.1, rule, 1e-5);
  }
}
