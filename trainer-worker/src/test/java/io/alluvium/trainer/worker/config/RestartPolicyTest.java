package io.alluvium.trainer.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.trainer.publish.CommitOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {
  private static final RestartPolicy.Limit LIMIT =
      new RestartPolicy.Limit(5, Duration.ofMinutes(10));

  private final AtomicLong nowNs = new AtomicLong();
  private final AtomicLong sessions = new AtomicLong();
  private final RestartPolicy renewals = new RestartPolicy(LIMIT, nowNs::get);

  @Test
  void aWorkerThatIsFencedOnceADayGoesOnForMonths() {
    assertThatCode(() -> renewals.run(fenced(200, Duration.ofDays(1)))).doesNotThrowAnyException();
    assertThat(sessions).hasValue(201);
  }

  @Test
  void twoWorkersOfOneNameGiveUpSoon() {
    assertThatThrownBy(() -> renewals.run(fenced(200, Duration.ofSeconds(1))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("6 times within PT10M")
        .hasMessageContaining("workerId");
    assertThat(sessions).hasValue(6);
  }

  @Test
  void whatLiesOutsideOfTheWindowNoLongerCounts() {
    assertThatCode(() -> renewals.run(fenced(200, Duration.ofMinutes(2))))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> renewals.run(fenced(200, Duration.ofSeconds(119))))
        .isInstanceOf(IllegalStateException.class);
  }

  private Supplier<Optional<CommitOutcome>> fenced(int times, Duration each) {
    sessions.set(0);
    return () -> {
      nowNs.addAndGet(each.toNanos());
      return sessions.incrementAndGet() > times
          ? Optional.empty()
          : Optional.of(new CommitOutcome.Fenced("newer"));
    };
  }
}
