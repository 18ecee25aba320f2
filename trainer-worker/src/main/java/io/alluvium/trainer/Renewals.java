package io.alluvium.trainer;

import io.alluvium.trainer.publish.Fate;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a session anew when its line to the broker was cut in a way that only a new one can
 * settle: fenced, or without an answer to a commit.
 */
final class Renewals {
  private static final Logger LOG = LoggerFactory.getLogger(Renewals.class);

  /** Two workers with one name would fence each other for ever. */
  private static final int MOST = 5;

  private Renewals() {}

  /**
   * Runs sessions until one ends by itself.
   *
   * @param session runs to its end; the fate that ended it, or empty when it was stopped
   * @throws IllegalStateException after too many renewals
   */
  static void run(Supplier<Optional<Fate>> session) {
    for (int renewal = 0; renewal <= MOST; renewal++) {
      Optional<Fate> ended = session.get();
      if (ended.isEmpty()) {
        return;
      }
      LOG.warn("{}; starting anew from what is committed", ended.get());
    }
    throw new IllegalStateException(
        "fenced or unanswered %d times: give each worker its own workerId, look at the brokers"
            .formatted(MOST));
  }
}
