package io.alluvium.cli.chaos.report;

import io.alluvium.cli.demo.ledger.Quantiles;
import java.util.List;
import java.util.Locale;

/**
 * How soon a process worked again after it was killed.
 *
 * @param process which
 * @param seconds of each kill after which it worked again before the next one
 * @param cutShort kills that came before it had
 */
public record Recovery(String process, List<Double> seconds, int cutShort) {
  /** Copies. */
  public Recovery {
    seconds = List.copyOf(seconds);
  }

  /** Median; not a number without any. */
  public double p50() {
    return Quantiles.of(seconds, 0.5);
  }

  /** 95th percentile; not a number without any. */
  public double p95() {
    return Quantiles.of(seconds, 0.95);
  }

  /** The longest; not a number without any. */
  public double longest() {
    return Quantiles.of(seconds, 1);
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "%-16s %6d %8.1f %8.1f %8.1f %10d",
        process,
        seconds.size(),
        p50(),
        p95(),
        longest(),
        cutShort);
  }
}
