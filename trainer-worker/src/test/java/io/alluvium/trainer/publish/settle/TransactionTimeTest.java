package io.alluvium.trainer.publish.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionTimeTest {
  /** A broker's default of transaction.abort.timed.out.transaction.cleanup.interval.ms. */
  private static final Duration BROKER_LOOKS_EVERY = Duration.ofSeconds(10);

  @Test
  void aUsersOwnValueIsKept() {
    assertThat(TransactionTime.of(Map.of()).timeout()).isEqualTo(Duration.ofSeconds(15));
    assertThat(own("40000").timeoutMs()).isEqualTo("40000");
    assertThatThrownBy(() -> own("soon"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("transaction.timeout.ms");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "15000", "60000", "900000"})
  void readersWaitUntilAHungTransactionIsSurelyAborted(String timeoutMs) {
    TransactionTime time = own(timeoutMs);
    assertThat(time.patience()).isGreaterThan(time.timeout().plus(BROKER_LOOKS_EVERY));
  }

  private static TransactionTime own(String timeoutMs) {
    return TransactionTime.of(Map.of("transaction.timeout.ms", timeoutMs));
  }
}
