package io.alluvium.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.cli.TestRecords;
import io.alluvium.cli.connect.topic.TopicReader.Entry;
import io.alluvium.schemas.Outcome;
import io.alluvium.schemas.WeightedExample;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FirstRoundsTest {
  private static final Instant NOW = Instant.ofEpochSecond(100);

  @Test
  void adapterWithoutAVersionIsToldOfUntilItsFirstRoundHasEnded() {
    FirstRounds rounds = new FirstRounds(2, null);
    rounds.arrived(entry(TestRecords.ADAPTER, 0));
    assertThat(rounds.news())
        .containsExactly(
            "support: 1 of 2 examples for a first round; with fewer it begins after a while");
    assertThat(rounds.news()).as("nothing has changed").isEmpty();
    rounds.arrived(entry(TestRecords.ADAPTER, 1));
    assertThat(rounds.news()).containsExactly("support: 2 examples, the first round begins");
    rounds.published(TestRecords.version(1, 0, 2, Outcome.RELEASED));
    rounds.arrived(entry(TestRecords.ADAPTER, 2));
    assertThat(rounds.news()).isEmpty();
  }

  @Test
  void othersThanTheAdapterWatchedAreNotToldOf() {
    FirstRounds rounds = new FirstRounds(2, "sales");
    rounds.arrived(entry(TestRecords.ADAPTER, 0));
    assertThat(rounds.news()).isEmpty();
  }

  @Test
  void eachLaneHasWindowsOfItsOwn() {
    FirstRounds rounds = new FirstRounds(2, null);
    rounds.arrived(entry("training", TestRecords.ADAPTER, 0));
    rounds.arrived(entry("training.web", TestRecords.ADAPTER, 0));
    assertThat(rounds.news())
        .containsExactly(
            "support: 1 of 2 examples for a first round; with fewer it begins after a while");
    rounds.arrived(entry("training.web", TestRecords.ADAPTER, 1));
    assertThat(rounds.news()).containsExactly("support: 2 examples, the first round begins");
  }

  private static Entry<WeightedExample> entry(String adapter, long offset) {
    return entry("training", adapter, offset);
  }

  private static Entry<WeightedExample> entry(String topic, String adapter, long offset) {
    return new Entry<>(topic, 0, offset, adapter, NOW, TestRecords.weighted("x" + offset, NOW));
  }
}
