package io.alluvium.cli.verify.finding;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Breaches, all counted, and of each rule the first hundred kept as lines. */
public final class Findings {
  private static final long LISTED = 100;

  private final Map<Rule, Long> counts = new EnumMap<>(Rule.class);
  private final Map<Rule, Long> breaches = new EnumMap<>(Rule.class);
  private final List<String> lines = new ArrayList<>();

  /** Nothing found yet. */
  public Findings() {
    for (Rule rule : Rule.values()) {
      counts.put(rule, 0L);
    }
  }

  /** One breach. */
  public void add(Rule rule, String line) {
    add(rule, 1, line);
  }

  /**
   * A breach by several records.
   *
   * @param records how many
   */
  public void add(Rule rule, long records, String line) {
    counts.merge(rule, records, Long::sum);
    if (breaches.merge(rule, 1L, Long::sum) <= LISTED) {
      lines.add(rule.label() + ": " + line);
    }
  }

  /** A breach, where something does not hold. */
  public void check(Rule rule, boolean holds, String line) {
    if (!holds) {
      add(rule, line);
    }
  }

  /** How often each rule was broken; zeros included. */
  public Map<Rule, Long> counts() {
    return new EnumMap<>(counts);
  }

  /** Whether all are zero. */
  public boolean clean() {
    return lines.isEmpty();
  }

  /** A line for each breach, and one for each rule of which there are more than are listed. */
  public List<String> lines() {
    List<String> all = new ArrayList<>(lines);
    breaches.forEach(
        (rule, found) -> {
          if (found > LISTED) {
            all.add("%s: and %d more".formatted(rule.label(), found - LISTED));
          }
        });
    return all;
  }
}
