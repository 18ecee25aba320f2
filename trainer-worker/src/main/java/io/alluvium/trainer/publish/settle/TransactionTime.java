package io.alluvium.trainer.publish.settle;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * How long a transaction may stay open. Readers see nothing that was committed behind an open one,
 * so a worker that hangs within its transaction holds up all others until the broker aborts it.
 *
 * @param timeout after which the broker aborts
 */
public record TransactionTime(Duration timeout) {
  /** Sending and committing take milliseconds; a slow broker may need some seconds. */
  private static final Duration DEFAULT = Duration.ofSeconds(15);

  /** Brokers look for what has timed out every ten seconds, and then write the markers. */
  private static final Duration ABORTING = Duration.ofSeconds(15);

  /**
   * That of a user's client settings, or else 15 seconds.
   *
   * @throws ConfigException when the user's value is no number
   */
  public static TransactionTime of(Map<String, String> kafka) {
    String own = kafka.get(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG);
    return new TransactionTime(own == null ? DEFAULT : parsed(own));
  }

  /** As the producer's setting wants it. */
  public String timeoutMs() {
    return Long.toString(timeout.toMillis());
  }

  /** How long readers wait for what is committed: longer than any transaction can hang. */
  public Duration patience() {
    return timeout.multipliedBy(2).plus(ABORTING);
  }

  private static Duration parsed(String own) {
    Object value =
        ConfigDef.parseType(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, own, ConfigDef.Type.INT);
    return Duration.ofMillis(((Number) value).longValue());
  }
}
