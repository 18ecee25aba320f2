package io.alluvium.trainer.worker.config;

import io.alluvium.trainer.publish.CommitOutcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a session anew when its line to the broker was cut in a way that only a new one can
 * settle: fenced, or without an answer to a commit. Now and then that is ordinary; often within a
 * short time it has a cause that a new session does not cure. For one thread.
 */
public final class RestartPolicy {
  private static final Logger LOG = LoggerFactory.getLogger(RestartPolicy.class);

  /**
   * How many renewals are ordinary.
   *
   * @param most renewals within any such time, at least 1
   * @param within the time, more than 0
   */
  record Limit(int most, Duration within) {
    Limit {
      if (most < 1) {
        throw new ConfigurationException("renewals.most is %d, must be at least 1".formatted(most));
      }
      if (within.isNegative() || within.isZero()) {
        throw new ConfigurationException(
            "renewals.within is %s, must be more than PT0S".formatted(within));
      }
    }
  }

  private final Limit limit;
  private final LongSupplier nanoTime;
  private final Deque<Long> recentNs = new ArrayDeque<>();

  /**
   * Renews within a limit.
   *
   * @param nanoTime a clock that only runs forward, in nanoseconds
   */
  public RestartPolicy(Limit limit, LongSupplier nanoTime) {
    this.limit = limit;
    this.nanoTime = nanoTime;
  }

  /**
   * Runs sessions until one ends by itself.
   *
   * @param session runs to its end; the fate that ended it, or empty when it was stopped
   * @throws IllegalStateException after too many renewals in too short a time
   */
  public void run(Supplier<Optional<CommitOutcome>> session) {
    for (Optional<CommitOutcome> ended = session.get(); ended.isPresent(); ended = session.get()) {
      spend();
      LOG.warn("{}; starting anew from what is committed", ended.get());
    }
  }

  private void spend() {
    long nowNs = nanoTime.getAsLong();
    recentNs.add(nowNs);
    recentNs.removeIf(atNs -> nowNs - atNs >= limit.within().toNanos());
    if (recentNs.size() > limit.most()) {
      throw new IllegalStateException(
          "fenced or unanswered %d times within %s: give each worker its own workerId, look at the brokers"
              .formatted(recentNs.size(), limit.within()));
    }
  }
}
