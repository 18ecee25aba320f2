package io.alluvium.streams.route;

import io.alluvium.streams.route.rule.Budget;
import io.alluvium.streams.route.rule.LaneRule;
import io.alluvium.streams.route.select.Selection;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Where candidates go.
 *
 * @param lanes rules, the first that matches counts; what none matches goes to training
 * @param budgets how much may pass
 * @param review whether outliers wait for an operator
 * @param reviewExamples most outliers of an adapter that wait
 * @param reviewAge after which they are let go
 * @param selection what is kept when there is more than the trainer can take
 * @param target texts that dsir aims at
 * @param window candidates of an adapter among which is chosen
 * @param keep share of a window that is kept
 * @param lagAbove records that wait for the trainer above which candidates are chosen among; 0
 *     never
 * @param seed of the noise among equals
 */
public record RouteConfig(
    List<LaneRule> lanes,
    List<Budget> budgets,
    boolean review,
    int reviewExamples,
    Duration reviewAge,
    Selection selection,
    List<String> target,
    int window,
    double keep,
    long lagAbove,
    long seed) {
  private static final int MOST_WINDOW = 10_000;

  /** Checks what no part checks itself. */
  public RouteConfig {
    lanes = List.copyOf(Objects.requireNonNullElse(lanes, List.<LaneRule>of()));
    budgets = List.copyOf(Objects.requireNonNullElse(budgets, List.<Budget>of()));
    target = List.copyOf(Objects.requireNonNullElse(target, List.<String>of()));
    require(reviewExamples >= 1, "reviewExamples", reviewExamples, "must be at least 1");
    require(reviewAge.toMillis() >= 1, "reviewAge", reviewAge, "must be at least 1 ms");
    require(window >= 1 && window <= MOST_WINDOW, "window", window, "must be 1 to 10000");
    require(keep > 0 && keep <= 1, "keep", keep, "must be above 0, at most 1");
    require(lagAbove >= 0, "lagAbove", lagAbove, "must be at least 0");
    require(
        selection != Selection.DSIR || !target.isEmpty(),
        "target",
        target,
        "must name some texts for route.selection dsir");
  }

  /** How many of a window are kept; at least one. */
  int kept() {
    return (int) Math.max(1, Math.floor(window * keep));
  }

  private static void require(boolean holds, String key, Object value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("route.%s is %s, %s".formatted(key, value, rule));
    }
  }
}
