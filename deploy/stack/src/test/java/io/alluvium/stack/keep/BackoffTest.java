package io.alluvium.stack.keep;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.stack.keep.Backoff.Verdict;
import io.alluvium.stack.launch.Ending;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Ending CRASH = new Ending(OptionalInt.of(1), "exit code 1");

  private final Limits limits =
      new Limits(Duration.ofSeconds(1), Duration.ofSeconds(5), 4, Duration.ofMinutes(10));
  private final Backoff backoff = new Backoff(limits);

  @Test
  void waitsTwiceAsLongEachTimeUpToALimitAndThenGivesUp() {
    assertThat(List.of(died(0), died(10), died(20), died(30)))
        .containsExactly(again(1), again(2), again(4), again(5));
    assertThat(died(40)).isEqualTo(new Verdict.Never("given up after 4 restarts within 600 s"));
  }

  @Test
  void whatWaitsForSomethingElseIsNeverGivenUp() {
    Ending waits = new Ending(OptionalInt.of(3), "exit code 3");
    for (int i = 0; i < 20; i++) {
      assertThat(backoff.died(waits, START.plusSeconds(i))).isInstanceOf(Verdict.Again.class);
    }
    assertThat(backoff.died(waits, START.plusSeconds(20))).isEqualTo(again(5));
  }

  @Test
  void whatIsLongAgoDoesNotCount() {
    for (int i = 0; i < 20; i++) {
      assertThat(died(i * 601L)).isEqualTo(again(1));
    }
  }

  @Test
  void configurationIsNothingThatARestartMends() {
    assertThat(backoff.died(new Ending(OptionalInt.of(2), "exit code 2"), START))
        .isInstanceOf(Verdict.Never.class);
  }

  @Test
  void limitsAreTheSameOnTheOtherSideOfACommandLine() {
    assertThat(Limits.of(limits.arguments())).isEqualTo(limits);
  }

  private Verdict died(long second) {
    return backoff.died(CRASH, START.plusSeconds(second));
  }

  private static Verdict again(long seconds) {
    return new Verdict.Again(Duration.ofSeconds(seconds));
  }
}
