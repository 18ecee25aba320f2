package io.alluvium.trainer.bench.level.candidate;

import io.alluvium.trainer.gate.Verdict;
import java.util.Arrays;
import java.util.List;

/**
 * What became of the candidates of a kind.
 *
 * @param kind how they were made
 * @param candidates how many
 * @param released by the gate with all its axes
 * @param falsely released ones that are no better on all other records either
 * @param gained those whose gain's lower bound exceeds 0, whatever the other axes say
 * @param refused those that training would not even go on from
 * @param meanGain over all, nats per response token; below 0 where they are worse
 */
public record NullResult(
    String kind,
    int candidates,
    int released,
    int falsely,
    int gained,
    int refused,
    double meanGain) {

  /** One for each kind that occurs. */
  static List<NullResult> of(List<NullJudgement> judged) {
    return Arrays.stream(NullKind.values())
        .map(kind -> of(kind, judged.stream().filter(one -> one.kind() == kind).toList()))
        .toList();
  }

  private static NullResult of(NullKind kind, List<NullJudgement> judged) {
    List<Verdict> verdicts = judged.stream().map(NullJudgement::verdict).toList();
    return new NullResult(
        kind.text(),
        verdicts.size(),
        count(judged.stream().map(NullJudgement::isReleased).toList()),
        count(judged.stream().map(NullJudgement::isFalse).toList()),
        count(verdicts.stream().map(NullResult::gained).toList()),
        count(verdicts.stream().map(Verdict.Refuse.class::isInstance).toList()),
        verdicts.stream().mapToDouble(NullResult::gain).average().orElse(Double.NaN));
  }

  private static int count(List<Boolean> holds) {
    return Math.toIntExact(holds.stream().filter(one -> one).count());
  }

  private static boolean gained(Verdict verdict) {
    return axis(verdict, "heldout/gainLowerBound").passed();
  }

  private static double gain(Verdict verdict) {
    Verdict.Measure loss = axis(verdict, "heldout/loss");
    return (loss.before() == null ? Double.NaN : loss.before()) - loss.after();
  }

  private static Verdict.Measure axis(Verdict verdict, String name) {
    return verdict.axes().stream()
        .filter(axis -> axis.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
