package io.alluvium.cli.bench.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrainersTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void momentsAreInOrderAndLeaveBeginningAndEndAlone() {
    List<Duration> moments = Trainers.moments(new Random(3), 50, HOUR);
    assertThat(moments)
        .hasSize(50)
        .isSorted()
        .allMatch(moment -> moment.toMinutes() >= 6 && moment.toMinutes() < 54);
  }

  @Test
  void theSameSeedGivesTheSameMoments() {
    assertThat(Trainers.moments(new Random(7), 3, HOUR))
        .isEqualTo(Trainers.moments(new Random(7), 3, HOUR));
  }
}
