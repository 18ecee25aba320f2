package io.alluvium.cli.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.cli.TestRecords;
import io.alluvium.schemas.Outcome;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AdapterNameTest {
  private final AdapterHistory history =
      new AdapterHistory(
          new TreeMap<>(
              Map.of(
                  TestRecords.ADAPTER,
                  List.of(
                      TestRecords.version(1, 0, 1, Outcome.REJECTED),
                      TestRecords.version(2, 1, 2, Outcome.RELEASED)))),
          Map.of());

  @Test
  void versionIsWhatFollowsTheLastAt() {
    assertThat(AdapterName.parse("support")).isEqualTo(new AdapterName("support", null));
    assertThat(AdapterName.parse("support@12")).isEqualTo(new AdapterName("support", 12L));
    assertThat(AdapterName.parse("me@home@3")).isEqualTo(new AdapterName("me@home", 3L));
    assertThat(AdapterName.parse("me@home")).isEqualTo(new AdapterName("me@home", null));
  }

  @Test
  void emptyNameIsRefused() {
    assertThatThrownBy(() -> AdapterName.parse(""))
        .hasMessage("\"\" names no adapter: write ID or ID@VERSION");
  }

  @Test
  void missesAreNamedWithTheCommandThatHelps() {
    assertThatThrownBy(() -> history.of("other"))
        .hasMessage(
            "no adapter \"other\" has a version yet: `alluvium adapters list` shows those that have");
    assertThatThrownBy(() -> history.find(AdapterName.parse("support@3")))
        .hasMessage(
            "adapter \"support\" has no version 3: `alluvium adapters show support` lists them");
    assertThatThrownBy(() -> history.find(AdapterName.parse("support")))
        .hasMessage(
            "adapter \"support\" has no released version yet: `alluvium adapters show support` says why");
    assertThatThrownBy(() -> AdapterHistory.folder(history.find(AdapterName.parse("support@1"))))
        .hasMessage("support@1 was not released, it has no folder: skill facts falls to 0.5");
  }
}
