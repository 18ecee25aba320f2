package io.alluvium.trainer.round.outcome;

import io.alluvium.schemas.Freshness;
import io.alluvium.schemas.WeightSummary;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.trainer.claim.recall.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A window's examples in a few numbers. */
public final class Summaries {
  private Summaries() {}

  /** The weights of a window's examples in figures. */
  public static WeightSummary weights(List<Entry> examples) {
    if (examples.isEmpty()) {
      return new WeightSummary(null, null, 0.0, 0.0);
    }
    double sum = 0;
    double squares = 0;
    for (Entry entry : examples) {
      sum += entry.example().getWeight();
      squares += entry.example().getWeight() * entry.example().getWeight();
    }
    WeightedExample last = examples.get(examples.size() - 1).example();
    return WeightSummary.newBuilder()
        .setTemperature(last.getTemperature())
        .setTemperatureVersion(last.getTemperatureVersion())
        .setMeanWeight(sum / examples.size())
        .setEffectiveSampleSize(squares == 0 ? 0 : sum * sum / squares)
        .build();
  }

  /** Ages of a window's examples when its version was made, and how long its stages took. */
  public static Freshness freshness(List<Entry> examples, Map<String, Double> stages, Instant now) {
    List<Instant> times = examples.isEmpty() ? List.of(now) : eventTimes(examples);
    return Freshness.newBuilder()
        .setOldestEventTime(times.get(0))
        .setNewestEventTime(times.get(times.size() - 1))
        .setP50Seconds(ageSeconds(times, 0.5, now))
        .setP95Seconds(ageSeconds(times, 0.95, now))
        .setStageSeconds(stages)
        .build();
  }

  /** Event times, oldest first. */
  static List<Instant> eventTimes(List<Entry> examples) {
    return examples.stream()
        .map(entry -> entry.example().getScored().getExample().getEventTime())
        .sorted()
        .toList();
  }

  /** The age that this share of the examples does not exceed (nearest rank). */
  private static double ageSeconds(List<Instant> oldestFirst, double share, Instant now) {
    int rank = (int) Math.ceil(share * oldestFirst.size());
    Instant time = oldestFirst.get(oldestFirst.size() - rank);
    return Math.max(0, Duration.between(time, now).toMillis()) / 1000.0;
  }
}
