package io.alluvium.trainer.publish.settle;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import dev.failsafe.function.CheckedSupplier;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.trainer.publish.settle.OpenTransactions.Open;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until what is committed can be read. A transaction ends topic by topic, and behind somebody
 * else's open one nothing is seen before the broker aborts that. For one thread.
 */
public final class Settling {
  private static final Logger LOG = LoggerFactory.getLogger(Settling.class);
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** A transaction that ends as it should is seen within milliseconds. */
  private static final Duration TOLD_AFTER = Duration.ofSeconds(2);

  private final Map<String, String> kafka;
  private final List<Topic<?>> topics;
  private volatile @Nullable Instant since;
  private boolean told;

  /**
   * Waits for topics.
   *
   * @param kafka a user's client settings
   * @param topics that are waited for
   */
  public Settling(Map<String, String> kafka, List<Topic<?>> topics) {
    this.kafka = Map.copyOf(kafka);
    this.topics = List.copyOf(topics);
  }

  /** Since when it waits now; empty when it does not. Any thread. */
  public Optional<Instant> since() {
    return Optional.ofNullable(since);
  }

  /**
   * Asks again and again; what takes longer than two seconds is told in one line.
   *
   * @param awaited what is waited for, for that line
   * @param agrees reads on and says whether all is seen
   * @return whether it was in time; false when it never will, for no transaction is in the way
   * @throws HungTransactionException when one still is
   */
  public boolean settles(String awaited, CheckedSupplier<Boolean> agrees) {
    TransactionTime time = TransactionTime.of(kafka);
    told = false;
    boolean settled;
    try {
      settled = Failsafe.with(policy(awaited, time)).get(agrees);
    } finally {
      since = null;
    }
    if (!settled) {
      hung(time)
          .ifPresent(
              open -> {
                throw new HungTransactionException(told(open, time));
              });
    }
    return settled;
  }

  private RetryPolicy<Boolean> policy(String awaited, TransactionTime time) {
    return RetryPolicy.<Boolean>builder()
        .handleResult(false)
        .withMaxRetries(-1)
        .withDelay(PAUSE)
        .withMaxDuration(time.patience())
        .onFailedAttempt(attempt -> waits(awaited, attempt.getElapsedTime(), time))
        .build();
  }

  private void waits(String awaited, Duration already, TransactionTime time) {
    if (since == null) {
      since = Instant.now().minus(already);
    }
    if (!told && already.compareTo(TOLD_AFTER) > 0) {
      told = true;
      LOG.warn(
          "{}: not seen yet, as behind an open transaction on {}; waited for since {}, for {} at most",
          awaited,
          topics.stream().map(Topic::name).collect(Collectors.joining(" or ")),
          since,
          time.patience());
    }
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
