package io.alluvium.streams.bench.planted.measure;

import io.alluvium.streams.bench.planted.outcome.Domain;
import io.alluvium.streams.bench.planted.outcome.Outcome;
import io.alluvium.streams.bench.planted.outcome.Row;
import io.alluvium.streams.bench.planted.outcome.Row.Classes;
import io.alluvium.streams.bench.planted.outcome.Row.Novelty;
import io.alluvium.streams.bench.planted.stream.Planted.Plant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How well new domains stand out, and which classes were given. */
public final class NoveltyFigures {
  private static final int TWENTY = 20;

  private NoveltyFigures() {}

  /** Scores of a domain's examples by their number within their adapter, and of familiar ones. */
  private static final class Scores {
    private final List<Double> first = new ArrayList<>();
    private final List<Double> second = new ArrayList<>();
    private final List<Double> later = new ArrayList<>();
    private final List<Double> familiar = new ArrayList<>();

    void add(int number, double score) {
      (number < TWENTY ? first : number < 2 * TWENTY ? second : later).add(score);
    }

    void add(Scores other) {
      first.addAll(other.first);
      second.addAll(other.second);
      later.addAll(other.later);
      familiar.addAll(other.familiar);
    }

    Novelty row(String domain) {
      double[] usual = familiar.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      return new Novelty(domain, auroc(first, usual), auroc(second, usual), auroc(later, usual));
    }
  }

  /** For each new domain and all together: against clean examples sent while it was coming. */
  public static List<Row> of(List<Outcome> outcomes) {
    List<Row> rows = new ArrayList<>();
    Scores all = new Scores();
    for (Domain domain : Domain.of(outcomes)) {
      Scores scores = scores(domain, outcomes.subList(domain.first(), domain.last() + 1));
      all.add(scores);
      rows.add(scores.row(domain.name()));
    }
    rows.add(all.row("all"));
    Arrays.stream(Plant.values()).map(plant -> classes(plant, outcomes)).forEach(rows::add);
    return rows;
  }

  private static Scores scores(Domain domain, List<Outcome> meanwhile) {
    Scores scores = new Scores();
    Map<String, Integer> numbers = new HashMap<>();
    for (Outcome one : meanwhile) {
      Double score = one.weighed() == null ? null : one.weighed().score();
      if (score != null && one.planted().plant() == Plant.CLEAN) {
        scores.familiar.add(score);
      } else if (score != null && domain.has(one)) {
        scores.add(numbers.merge(one.planted().example().getAdapter(), 1, Integer::sum) - 1, score);
      }
    }
    return scores;
  }

  /** Null without examples on either side. */
  private static @Nullable Double auroc(List<Double> fresh, double[] usual) {
    if (fresh.isEmpty() || usual.length == 0) {
      return null;
    }
    double wins = 0;
    for (double score : fresh) {
      wins += (below(usual, score, false) + below(usual, score, true)) / 2.0;
    }
    return wins / fresh.size() / usual.length;
  }

  private static long below(double[] sorted, double score, boolean orEqual) {
    return Arrays.stream(sorted).filter(one -> one < score || (orEqual && one == score)).count();
  }

  private static Classes classes(Plant plant, List<Outcome> outcomes) {
    List<Outcome.Weighed> weighed =
        outcomes.stream()
            .filter(one -> one.planted().plant() == plant)
            .map(Outcome::weighed)
            .filter(Objects::nonNull)
            .toList();
    int[] counts =
        IntStream.range(0, 4)
            .map(i -> (int) weighed.stream().filter(one -> index(one.kind()) == i).count())
            .toArray();
    return new Classes(plant.name(), counts[0], counts[1], counts[2], counts[3]);
  }

  private static int index(@Nullable String kind) {
    return kind == null ? 3 : List.of("FAMILIAR", "NOVEL", "OUTLIER").indexOf(kind);
  }
}
