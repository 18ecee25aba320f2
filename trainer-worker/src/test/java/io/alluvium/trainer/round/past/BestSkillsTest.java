package io.alluvium.trainer.round.past;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.trainer.gate.Gate;
import io.alluvium.trainer.gate.GateConfig;
import io.alluvium.trainer.gate.Verdict;
import io.alluvium.trainer.gate.measure.GateInputs;
import io.alluvium.trainer.gate.measure.GateInputs.HeldOutLosses;
import io.alluvium.trainer.gate.measure.GateInputs.Retention;
import io.alluvium.trainer.gate.measure.GateInputs.SkillScore;
import io.alluvium.trainer.gate.measure.GateInputs.Soundness;
import io.alluvium.trainer.gate.measure.GateInputs.Suite;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BestSkillsTest {
  private static final int ITEMS = 100;
  private static final SkillScore BASE = score(0.5);

  /** Each loses less than the budget against the one before. */
  private static final List<Double> SLOW_BOIL = List.of(0.98, 0.95, 0.92, 0.89, 0.86, 0.83);

  private final Gate gate = new Gate(GateConfig.defaults());

  @Test
  void aChainOfVersionsEachABitWorseEndsAtTheBudgetOfItsBest() {
    List<Verdict> verdicts = judged((before, released) -> released);
    assertThat(verdicts.subList(0, 2)).hasOnlyElementsOfType(Verdict.Pass.class);
    assertThat(verdicts.subList(2, 6)).hasOnlyElementsOfType(Verdict.Refuse.class);
    assertThat(verdicts.get(2).reasons())
        .anyMatch(
            line ->
                line.equals(
                    "skill add falls to 0.920 exact match; the best released version had 0.980, a drop of 0.050 is allowed"));
  }

  @Test
  void withoutTheMemoryTheSameChainIsReleasedWhole() {
    assertThat(judged((before, released) -> BestSkills.NONE))
        .hasSize(6)
        .hasOnlyElementsOfType(Verdict.Pass.class);
  }

  @Test
  void aSuiteWithOtherQuestionsIsAnotherSuite() {
    BestSkills best = BestSkills.NONE.released(List.of(skill("d", BASE, score(0.98))));
    Retention other = skill("other", score(0.6), score(0.6));
    assertThat(best.hold(List.of(other))).containsExactly(other);
    assertThat(best.released(List.of(other)).bySuite()).containsOnlyKeys("d", "other");
  }

  @Test
  void eachFigureIsTheBestOfAnyVersionAndNoNumberIsNone() {
    SkillScore strange = new SkillScore(0.99, Double.NaN, ITEMS);
    BestSkills best =
        BestSkills.NONE.released(List.of(skill("d", new SkillScore(0.9, 0.3, ITEMS), strange)));
    assertThat(best.bySuite()).containsEntry("d", new SkillScore(0.99, 0.3, ITEMS));
  }

  private List<Verdict> judged(BinaryOperator<BestSkills> remembering) {
    List<Verdict> verdicts = new ArrayList<>();
    SkillScore champion = BASE;
    BestSkills best = BestSkills.NONE;
    for (double match : SLOW_BOIL) {
      List<Retention> held = best.hold(List.of(skill("d", champion, score(match))));
      Verdict verdict = gate.decide(inputs(held));
      verdicts.add(verdict);
      if (verdict instanceof Verdict.Pass) {
        champion = score(match);
        best = remembering.apply(best, best.released(held));
      }
    }
    return verdicts;
  }

  private static GateInputs inputs(List<Retention> held) {
    List<Double> before = IntStream.range(0, 20).mapToObj(n -> 2.0 + n * 0.01).toList();
    List<Double> after = IntStream.range(0, 20).mapToObj(n -> 1.0 - n * 0.01).toList();
    return new GateInputs(
        new HeldOutLosses(before, after),
        1,
        held,
        GateInputs.Own.NONE,
        List.of(),
        new Soundness(true, 0));
  }

  private static Retention skill(String digest, SkillScore champion, SkillScore candidate) {
    return new Retention(new Suite("add", digest), BASE, champion, champion, candidate);
  }

  private static SkillScore score(double match) {
    return new SkillScore(match, 0.1, ITEMS);
  }
}
