package io.alluvium.streams.bench.planted.measure;

import io.alluvium.streams.bench.planted.outcome.Outcome;
import io.alluvium.streams.bench.planted.outcome.Outcome.Weighed;
import io.alluvium.streams.bench.planted.outcome.Row;
import io.alluvium.streams.bench.planted.outcome.Row.EffectiveShare;
import io.alluvium.streams.bench.planted.outcome.Row.WrongAnswers;
import io.alluvium.streams.bench.planted.stream.Planted.Plant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What wrong answers weigh, and how many examples count. */
public final class WeightFigures {
  private static final double LIGHT = 0.2;
  private static final String ALL = "all";

  private final List<Outcome> classed;
  private final Map<String, double[]> weights = new TreeMap<>();

  private WeightFigures(List<Outcome> outcomes) {
    this.classed =
        outcomes.stream()
            .filter(one -> one.weighed() != null && weighed(one).kind() != null)
            .toList();
    classed.stream()
        .map(WeightFigures::adapter)
        .distinct()
        .forEach(adapter -> weights.put(adapter, sorted(adapter)));
  }

  private double[] sorted(String adapter) {
    return classed.stream()
        .filter(one -> adapter(one).equals(adapter))
        .mapToDouble(one -> weighed(one).weight())
        .sorted()
        .toArray();
  }

  /** Wrong answers for each skill and all together, effective shares for each adapter. */
  public static List<Row> of(List<Outcome> outcomes) {
    WeightFigures figures = new WeightFigures(outcomes);
    List<Row> rows = new ArrayList<>();
    TreeSet<String> topics = new TreeSet<>();
    outcomes.stream()
        .filter(one -> one.planted().plant() == Plant.WRONG_ANSWER)
        .forEach(one -> topics.add(one.planted().topic()));
    topics.forEach(topic -> rows.add(figures.row(topic, topic::equals)));
    rows.add(figures.row(ALL, topics::contains));
    figures.weights.forEach((adapter, sorted) -> rows.add(effective(adapter, sorted)));
    return rows;
  }

  private WrongAnswers row(String topic, Predicate<String> isOfTopic) {
    List<Outcome> of =
        classed.stream().filter(one -> isOfTopic.test(one.planted().topic())).toList();
    List<Outcome> wrong =
        of.stream().filter(one -> one.planted().plant() == Plant.WRONG_ANSWER).toList();
    List<Outcome> right = of.stream().filter(one -> one.planted().plant() == Plant.CLEAN).toList();
    return new WrongAnswers(
        topic,
        wrong.size(),
        share(wrong, WeightFigures::isOutlier),
        share(wrong, this::isLight),
        share(wrong, one -> isOutlier(one) || isLight(one)),
        share(right, WeightFigures::isOutlier));
  }

  private static double share(List<Outcome> of, Predicate<Outcome> those) {
    return of.isEmpty() ? 0 : (double) of.stream().filter(those).count() / of.size();
  }

  private static boolean isOutlier(Outcome one) {
    return "OUTLIER".equals(weighed(one).kind());
  }

  /** Equal weights count half, so that many alike are not all light. */
  private boolean isLight(Outcome one) {
    double[] sorted = Objects.requireNonNull(weights.get(adapter(one)));
    double weight = weighed(one).weight();
    long below = Arrays.stream(sorted).filter(other -> other < weight).count();
    long alike = Arrays.stream(sorted).filter(other -> other == weight).count();
    return below + alike / 2.0 < LIGHT * sorted.length;
  }

  /** Kish's effective sample size: squared sum over sum of squares. */
  private static EffectiveShare effective(String adapter, double[] weights) {
    double sum = Arrays.stream(weights).sum();
    double squares = Arrays.stream(weights).map(weight -> weight * weight).sum();
    return new EffectiveShare(
        adapter, weights.length, squares == 0 ? 0 : sum * sum / squares / weights.length);
  }

  private static String adapter(Outcome one) {
    return one.planted().example().getAdapter();
  }

  private static Weighed weighed(Outcome one) {
    return Objects.requireNonNull(one.weighed());
  }
}
