package io.alluvium.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.TestRecords;
import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdapterStandingTest {
  private static final Instant NOW = Instant.ofEpochSecond(100 + 3 * 60);

  @Test
  void releasedAdapterThatDrainedIsOneLine() {
    assertThat(standing(null, Outcome.RELEASED).text())
        .containsExactly("adapter support  current 1 (3 min ago)  last 1");
  }

  @Test
  void refusalsSinceTheLastReleaseAreCountedWithReasonAndHelp() {
    assertThat(
            standing(
                    null,
                    Outcome.REJECTED,
                    Outcome.RELEASED,
                    Outcome.REJECTED,
                    Outcome.CONTINUED,
                    Outcome.REJECTED)
                .text())
        .hasSize(3)
        .contains("  refused 2 in a row, last: skill facts falls to 0.5")
        .last()
        .asString()
        .startsWith("  help: give more anchors");
  }

  @Test
  void continuedRoundAloneIsNoRefusal() {
    assertThat(standing(null, Outcome.CONTINUED).text())
        .containsExactly("adapter support  none released  last 1");
  }

  @Test
  void adapterThatWasNeverTrainedShowsWhatWaits() {
    assertThat(standing(new TrainerGauges.Waits(5, 7300)).text())
        .containsExactly(
            "adapter support  none released  last 0  5 waiting, the oldest for 2 h 1 min");
  }

  @Test
  void afterARollbackTheVersionGoneBackToIsCurrentAndAPauseIsTold() {
    List<AdapterVersion> events = new ArrayList<>();
    events.add(TestRecords.version(1, 0, 1, Outcome.RELEASED));
    events.add(TestRecords.version(2, 1, 2, Outcome.RELEASED));
    events.add(
        AdapterVersion.newBuilder(TestRecords.version(3, 2, 2, Outcome.ROLLED_BACK))
            .setParentVersion(1L)
            .build());
    AdapterState state =
        AdapterState.newBuilder()
            .setAdapter(TestRecords.ADAPTER)
            .setLastVersion(3)
            .setBase(events.get(0).getBase())
            .setPaused(true)
            .setPausedSince(Instant.ofEpochSecond(90))
            .setPausedBy("ann")
            .setUpdatedAt(NOW)
            .build();
    AdapterStanding standing =
        new AdapterStanding(
            TestRecords.ADAPTER, new AdapterStanding.Told(events, state), null, NOW);
    assertThat(standing.text())
        .containsExactly(
            "adapter support  current 1 (3 min ago)  last 3",
            "  paused since 1970-01-01T00:01:30Z by ann");
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    standing.json(json);
    assertThat(json.get("currentVersion").longValue()).isEqualTo(1);
    assertThat(json.get("pausedSince").longValue()).isEqualTo(90_000);
    assertThat(json.get("pausedBy").textValue()).isEqualTo("ann");
  }

  @Test
  void jsonSaysTheSame() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    standing(new TrainerGauges.Waits(5, 7.5), Outcome.RELEASED, Outcome.REJECTED).json(json);
    assertThat(json.get("currentVersion").longValue()).isEqualTo(1);
    assertThat(json.get("waiting").longValue()).isEqualTo(5);
    assertThat(json.get("oldestWaitingSeconds").doubleValue()).isEqualTo(7.5);
    assertThat(json.get("refusedInARow").intValue()).isEqualTo(1);
    assertThat(json.get("lastRefusal").textValue()).isEqualTo("skill facts falls to 0.5");
    assertThat(json.get("help").textValue()).isNotBlank();
  }

  private static AdapterStanding standing(
      TrainerGauges.@Nullable Waits waits, Outcome... outcomes) {
    List<AdapterVersion> events =
        IntStream.range(0, outcomes.length)
            .mapToObj(i -> TestRecords.version(i + 1L, i, i + 1L, outcomes[i]))
            .toList();
    return new AdapterStanding(
        TestRecords.ADAPTER, new AdapterStanding.Told(events, null), waits, NOW);
  }
}
