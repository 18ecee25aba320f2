package io.alluvium.trainer.score.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.trainer.score.adapter.CurrentAdapters.Current;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnreadableTest {
  private static final Current FIRST = new Current(1, "file:///1");
  private static final Current SECOND = new Current(2, "file:///2");

  private Instant now = Instant.EPOCH;
  private final Unreadable unreadable = new Unreadable(new Hand());

  @BeforeEach
  void damage() {
    assertThat(unreadable.mayTry("a", FIRST)).isTrue();
    unreadable.isNot("a", FIRST, new IOException("truncated"));
  }

  @Test
  void theSameVersionIsTriedAgainAfterAMinuteOnly() {
    now = now.plusSeconds(59);
    assertThat(unreadable.mayTry("a", FIRST)).isFalse();
    now = now.plusSeconds(1);
    assertThat(unreadable.mayTry("a", FIRST)).isTrue();
    unreadable.isNot("a", FIRST, new IOException("truncated"));
    now = now.plus(Duration.ofSeconds(59));
    assertThat(unreadable.mayTry("a", FIRST)).isFalse();
  }

  @Test
  void aNewVersionAndAnotherAdapterAreTriedAtOnce() {
    assertThat(unreadable.mayTry("a", SECOND)).isTrue();
    assertThat(unreadable.mayTry("b", FIRST)).isTrue();
  }

  @Test
  void anAdapterCountsUntilItCanBeRead() {
    unreadable.isNot("a", SECOND, new IOException("missing"));
    unreadable.isNot("b", FIRST, new IOException("missing"));
    assertThat(unreadable.count()).isEqualTo(2);
    unreadable.isRead("a");
    assertThat(unreadable.count()).isEqualTo(1);
  }

  private final class Hand extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
