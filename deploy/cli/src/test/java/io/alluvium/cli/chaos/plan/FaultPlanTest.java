package io.alluvium.cli.chaos.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
  private static final List<String> VICTIMS = List.of("broker", "registry", "streams-app");

  @Test
  void sameSeedIsTheSamePlan() {
    assertThat(plan(15, 3)).isEqualTo(plan(15, 3)).isNotEqualTo(plan(15, 4));
  }

  @Test
  void everyKindHappensHoweverShortTheRunIsAndWithinItsTime() {
    List<Fault> faults = plan(0.5, 1).faults();
    assertThat(faults).extracting(Fault::kind).contains(Kind.values());
    assertThat(faults)
        .allMatch(fault -> fault.at().compareTo(Duration.ofSeconds(30)) < 0)
        .isSortedAccordingTo((one, other) -> one.at().compareTo(other.at()));
  }

  @Test
  void quarterOfAnHourKillsMoreThanAHundredTimes() {
    assertThat(plan(15, 1).faults())
        .filteredOn(fault -> fault.kind().words().startsWith("kill"))
        .hasSizeGreaterThanOrEqualTo(100);
  }

  @Test
  void onlyApplicationsAreStoppedAndWoken() {
    assertThat(plan(60, 1).faults())
        .filteredOn(fault -> fault.kind() == Kind.FREEZE)
        .extracting(Fault::victim)
        .containsOnly("streams-app");
  }

  private static FaultPlan plan(double minutes, long seed) {
    return FaultPlan.draw(minutes, 6, VICTIMS, new Random(seed));
  }
}
