package io.alluvium.trainer.publish.settle;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import dev.failsafe.function.CheckedSupplier;
import io.alluvium.schemas.Topic;
import io.alluvium.trainer.publish.settle.OpenTransactions.Open;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/**
 * Waits until what is committed can be read. A transaction ends topic by topic, and behind somebody
 * else's open one nothing is seen before the broker aborts that.
 *
 * @param kafka a user's client settings
 * @param topics that are waited for
 */
public record Settling(Map<String, String> kafka, List<Topic<?>> topics) {
  private static final Duration PAUSE = Duration.ofMillis(20);

  /**
   * Asks again and again.
   *
   * @param agrees reads on and says whether all is seen
   * @return whether it was in time; false when it never will, for no transaction is in the way
   * @throws HungTransactionException when one still is
   */
  public boolean settles(CheckedSupplier<Boolean> agrees) {
    TransactionTime time = TransactionTime.of(kafka);
    boolean settled = Failsafe.with(policy(time)).get(agrees);
    if (!settled) {
      hung(time)
          .ifPresent(
              open -> {
                throw new HungTransactionException(told(open, time));
              });
    }
    return settled;
  }

  private static RetryPolicy<Boolean> policy(TransactionTime time) {
    return RetryPolicy.<Boolean>builder()
        .handleResult(false)
        .withMaxRetries(-1)
        .withDelay(PAUSE)
        .withMaxDuration(time.patience())
        .build();
  }

  /** One that was written to a moment ago is somebody at work. */
  private Optional<Open> hung(TransactionTime time) {
    try (Admin admin = Admin.create(Map.copyOf(kafka))) {
      Instant limit = Instant.now().minus(time.timeout());
      return new OpenTransactions(admin)
          .oldest(topics)
          .filter(open -> open.lastWrite().isBefore(limit));
    }
  }

  private static String told(Open open, TransactionTime time) {
    return "%s: a transaction of %s has been open since %s, waited %s: end that process, or give it this transaction.timeout.ms (%s)"
        .formatted(
            open.partition(),
            open.transactionalId(),
            open.lastWrite(),
            time.patience(),
            time.timeoutMs());
  }
}
