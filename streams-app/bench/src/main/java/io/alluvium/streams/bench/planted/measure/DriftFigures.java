package io.alluvium.streams.bench.planted.measure;

import io.alluvium.streams.bench.planted.outcome.Domain;
import io.alluvium.streams.bench.planted.outcome.Outcome;
import io.alluvium.streams.bench.planted.outcome.Row;
import io.alluvium.streams.bench.planted.outcome.Row.Drift;
import io.alluvium.streams.bench.planted.outcome.Row.FalseAlarms;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How soon new domains were found to be drifts, and what else was. */
public final class DriftFigures {
  /** Alarms so many records after a domain's last example are still its own. */
  private static final int AFTERMATH = 200;

  private DriftFigures() {}

  /** For each new domain; then the alarms that belong to none. */
  public static List<Row> of(List<Outcome> outcomes) {
    List<Row> rows = new ArrayList<>();
    boolean[] expected = new boolean[outcomes.size()];
    for (Domain domain : Domain.of(outcomes)) {
      int end = Math.min(outcomes.size(), domain.last() + 1 + AFTERMATH);
      java.util.Arrays.fill(expected, domain.first(), end, true);
      rows.add(drift(domain, outcomes.subList(domain.first(), end)));
    }
    int alarms = 0;
    for (int i = 0; i < expected.length; i++) {
      alarms += !expected[i] && isAlarm(outcomes.get(i)) ? 1 : 0;
    }
    rows.add(new FalseAlarms(alarms, outcomes.size()));
    return rows;
  }

  private static Drift drift(Domain domain, List<Outcome> since) {
    Map<String, Integer> own = new HashMap<>();
    Map<String, Integer> delays = new HashMap<>();
    Integer first = null;
    for (int i = 0; i < since.size(); i++) {
      Outcome one = since.get(i);
      if (one.weighed() == null) {
        continue;
      }
      String adapter = one.planted().example().getAdapter();
      int records = own.merge(adapter, 1, Integer::sum);
      if (isAlarm(one) && delays.putIfAbsent(adapter, records) == null && first == null) {
        first = i + 1;
      }
    }
    return new Drift(domain.name(), first, largest(delays), delays.size());
  }

  private static @Nullable Integer largest(Map<String, Integer> delays) {
    return delays.values().stream().max(Integer::compare).orElse(null);
  }

  private static boolean isAlarm(Outcome one) {
    return one.weighed() != null && Objects.requireNonNull(one.weighed()).drift() != null;
  }
}
