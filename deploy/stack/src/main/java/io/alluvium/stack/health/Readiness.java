package io.alluvium.stack.health;

import io.alluvium.stack.process.ChildProcess;
import io.alluvium.stack.process.Pause;
import java.net.URI;
import java.time.Duration;

/** A bounded wait until a process does its work. */
public enum Readiness {
  /** It answered. */
  READY,
  /** It ended before it answered. */
  ENDED,
  /** It lives but did not answer in time. */
  LATE;

  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  /**
   * Waits.
   *
   * @param process whose answer is awaited
   * @param address where to ask, see {@link HealthCheck#of}
   * @param within how long
   */
  public static Readiness await(ChildProcess process, URI address, Duration within) {
    long deadlineNs = System.nanoTime() + within.toNanos();
    try (HealthCheck check = HealthCheck.of(address)) {
      while (true) {
        if (!process.alive()) {
          return ENDED;
        }
        if (check.healthy()) {
          return READY;
        }
        if (System.nanoTime() > deadlineNs) {
          return LATE;
        }
        Pause.of(LOOK_EVERY);
      }
    }
  }
}
