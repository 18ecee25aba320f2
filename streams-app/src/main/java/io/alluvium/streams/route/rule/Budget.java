package io.alluvium.streams.route.rule;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.alluvium.streams.novelty.candidate.Candidate;
import java.time.Duration;
import java.util.Locale;

/**
 * How many candidates of a kind may pass in a time, per adapter; time is the log's.
 *
 * @param by what is told apart
 * @param value which one it is for; {@code *} gives each its own
 * @param records how many
 * @param per time after which counting begins anew
 */
public record Budget(By by, String value, int records, Duration per) {
  private static final String EACH = "*";

  /** What is told apart. */
  public enum By {
    /** Nothing: all of the adapter's. */
    @JsonProperty("adapter")
    ADAPTER(RouteReason.OVER_BUDGET) {
      @Override
      String of(Candidate candidate) {
        return "";
      }
    },
    /** The source. */
    @JsonProperty("source")
    SOURCE(RouteReason.OVER_SOURCE_BUDGET) {
      @Override
      String of(Candidate candidate) {
        return LaneRule.source(candidate);
      }
    },
    /** The class of novelty. */
    @JsonProperty("class")
    CLASS(RouteReason.OVER_CLASS_BUDGET) {
      @Override
      String of(Candidate candidate) {
        return LaneRule.kind(candidate).name();
      }
    };

    private final RouteReason reason;

    By(RouteReason reason) {
      this.reason = reason;
    }

    abstract String of(Candidate candidate);

    /** Why a candidate is refused when such a budget is spent. */
    public RouteReason reason() {
      return reason;
    }
  }

  /** Checks numbers. */
  public Budget {
    if (by == null) {
      throw new IllegalArgumentException("route.budgets.by is missing: adapter, source or class");
    }
    value = value == null ? EACH : value;
    if (records < 0) {
      throw new IllegalArgumentException(
          "route.budgets.records is " + records + ", must be at least 0");
    }
    if (per == null || per.toMillis() < 1) {
      throw new IllegalArgumentException("route.budgets.per is " + per + ", must be at least 1 ms");
    }
  }

  /** Whether it is for this candidate. */
  boolean covers(Candidate candidate) {
    return value.equals(EACH) || value.equalsIgnoreCase(by.of(candidate));
  }

  /** What it counts a candidate under. */
  String account(Candidate candidate) {
    return by.name() + "\0" + by.of(candidate) + "\0" + per.toMillis();
  }

  /** Number of the time that a moment lies in. */
  long period(long logTimeMs) {
    return Math.floorDiv(logTimeMs, per.toMillis());
  }

  /** Whether the time that an account counted in is over; an account ends with its length. */
  static boolean isOver(String account, long period, long logTimeMs) {
    long perMs = Long.parseLong(account.substring(account.lastIndexOf('\0') + 1));
    return Math.floorDiv(logTimeMs, perMs) > period;
  }

  @Override
  public String toString() {
    return "%d per %s by %s".formatted(records, per, by.name().toLowerCase(Locale.ROOT));
  }
}
