package io.alluvium.stack.health;

import io.alluvium.stack.process.ChildProcess;
import io.alluvium.stack.process.Pause;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;

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
    return await(process, address, within, progress -> {});
  }

  /**
   * Waits, and longer while it goes forward.
   *
   * @param process whose answer is awaited
   * @param address where to ask, see {@link HealthCheck#of}
   * @param within how long from the start, or from when it last said something new of its start
   * @param heard told what it says
   */
  public static Readiness await(
      ChildProcess process, URI address, Duration within, Consumer<String> heard) {
    long deadlineNs = System.nanoTime() + within.toNanos();
    String said = "";
    try (HealthCheck check = HealthCheck.of(address)) {
      while (true) {
        if (!process.alive()) {
          return ENDED;
        }
        if (check.healthy()) {
          return READY;
        }
        if (!check.progress().equals(said)) {
          said = check.progress();
          heard.accept(said);
          deadlineNs = System.nanoTime() + within.toNanos();
        }
        if (System.nanoTime() > deadlineNs) {
          return LATE;
        }
        Pause.of(LOOK_EVERY);
      }
    }
  }
}
