package io.alluvium.trainer.bench.level;

import io.alluvium.trainer.gate.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What became of the candidates of a kind.
 *
 * @param kind how they were made
 * @param candidates how many
 * @param released by the gate with all its axes
 * @param gained those whose gain's lower bound exceeds 0, whatever the other axes say
 * @param refused those that training would not even go on from
 * @param meanGain over all, nats per response token; below 0 where they are worse
 */
public record NullResult(
    String kind, int candidates, int released, int gained, int refused, double meanGain) {

  /** One for each kind that occurs. */
  static List<NullResult> of(List<Map.Entry<NullKind, Verdict>> judged) {
    return Arrays.stream(NullKind.values())
        .map(kind -> of(kind, judged.stream().filter(one -> one.getKey() == kind).toList()))
        .toList();
  }

  private static NullResult of(NullKind kind, List<Map.Entry<NullKind, Verdict>> judged) {
    List<Verdict> verdicts = judged.stream().map(Map.Entry::getValue).toList();
    return new NullResult(
        kind.text(),
        verdicts.size(),
        count(verdicts.stream().map(Verdict.Pass.class::isInstance).toList()),
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
