package io.alluvium.trainer.round.outcome;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Time per stage of one round. */
public final class Stopwatch {
  private final Map<String, Duration> times = new LinkedHashMap<>();
  private long lapBeganNs = System.nanoTime();

  /** Begins now. */
  public static Stopwatch started() {
    return new Stopwatch();
  }

  /** Ends a stage; the next begins. */
  public void lap(String stage) {
    long nowNs = System.nanoTime();
    record(stage, Duration.ofNanos(nowNs - lapBeganNs));
    lapBeganNs = nowNs;
  }

  /** Notes a stage that was measured elsewhere; what comes twice is added up. */
  public void record(String stage, Duration time) {
    times.merge(stage, time, Duration::plus);
  }

  /** Time per stage. */
  public Map<String, Duration> times() {
    return Map.copyOf(times);
  }
}
