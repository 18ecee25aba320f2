package io.alluvium.cli.chaos.plan;

import java.time.Duration;
import java.util.Locale;

/**
 * One thing that goes wrong.
 *
 * @param at from the beginning; later where an earlier one takes long
 * @param kind what
 * @param victim whom it befalls, for {@link Kind#KILL} and {@link Kind#FREEZE}; empty else
 * @param length how long it lasts, or how much later than the sign it comes
 */
public record Fault(Duration at, Kind kind, String victim, Duration length) {
  /** One line for a person. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "%6.1f s  %s%s%s",
        at.toMillis() / 1e3,
        kind.words(),
        victim.isEmpty() ? "" : " " + victim,
        length.isZero() ? "" : " (" + length.toMillis() + " ms)");
  }
}
