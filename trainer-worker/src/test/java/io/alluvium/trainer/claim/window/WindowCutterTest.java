package io.alluvium.trainer.claim.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WindowCutterTest {
  private final WindowCutter<String> cutter =
      new WindowCutter<>(new WindowLimits(3, 100, Duration.ofSeconds(1)));

  @BeforeEach
  void begin() {
    cutter.begin(0, 0);
    cutter.begin(1, 0);
  }

  @Test
  void cutsWhenEnoughExamplesWait() {
    add(0, 0, 1, 0);
    add(0, 1, 1, 0);
    assertThat(cutter.cut(999)).isEmpty();
    add(0, 2, 1, 999);
    assertThat(cutter.cut(999)).contains(new Window<>(0, 0, 3, java.util.List.of("0", "1", "2")));
  }

  @Test
  void cutsWhenEnoughTokensWaitAndLeavesTheRecordThatWouldBeTooMany() {
    add(0, 0, 60, 0);
    add(0, 1, 60, 0);
    assertThat(cutter.cut(0)).contains(new Window<>(0, 0, 1, java.util.List.of("0")));
    assertThat(cutter.waiting()).containsExactly("1");
  }

  @Test
  void oneRecordAboveTheTokenLimitIsAWindowOfItsOwn() {
    add(0, 0, 5000, 0);
    assertThat(cutter.cut(0)).contains(new Window<>(0, 0, 1, java.util.List.of("0")));
  }

  @Test
  void ageCountsFromTheArrivalOfTheFirstRecord() {
    add(0, 5, 1, 400);
    add(0, 6, 1, 1300);
    assertThat(cutter.cut(1399)).isEmpty();
    assertThat(cutter.cut(1400)).contains(new Window<>(0, 0, 7, java.util.List.of("5", "6")));
  }

  @Test
  void afterARoundAgeWaitsUntilWhatCameMeanwhileCouldBeRead() {
    add(0, 5, 1, 400);
    cutter.readingAgain(9_000);
    assertThat(cutter.cut(10_999)).isEmpty();
    assertThat(cutter.cut(11_000)).map(Window::nextOffset).contains(6L);
  }

  @Test
  void thePartitionThatWaitedLongestComesFirst() {
    add(1, 0, 1, 10);
    add(0, 0, 1, 20);
    assertThat(cutter.cut(5000)).map(Window::partition).contains(1);
    assertThat(cutter.cut(5000)).map(Window::partition).contains(0);
    assertThat(cutter.cut(5000)).isEmpty();
  }

  @Test
  void markersBehindTheLastRecordArePassedWithIt() {
    add(0, 0, 1, 0);
    cutter.advance(0, 2);
    assertThat(cutter.cut(1000)).map(Window::nextOffset).contains(2L);
  }

  @Test
  void markersAloneAreNoWindow() {
    cutter.advance(0, 50);
    assertThat(cutter.cut(100_000)).isEmpty();
  }

  @Test
  void aDroppedPartitionIsForgottenAndABegunOneStartsAnew() {
    add(0, 0, 1, 0);
    cutter.drop(0);
    assertThat(cutter.cut(5000)).isEmpty();
    assertThatThrownBy(() -> add(0, 1, 1, 0)).hasMessage("partition 0 was never begun");
    cutter.begin(0, 0);
    add(0, 0, 1, 6000);
    assertThat(cutter.cut(7000)).map(Window::records).contains(java.util.List.of("0"));
  }

  @Test
  void offsetsThatGoBackwardsAreAnError() {
    add(0, 3, 1, 0);
    assertThatThrownBy(() -> add(0, 3, 1, 0)).hasMessageContaining("offset 3 came after 4");
  }

  @Test
  void limitsAreChecked() {
    assertThatThrownBy(() -> new WindowLimits(0, 1, Duration.ofSeconds(1)))
        .hasMessage("window.examples is 0, must be at least 1");
    assertThatThrownBy(() -> new WindowLimits(1, 1, Duration.ZERO))
        .hasMessage("window.age is PT0S, must be more than zero");
  }

  private void add(int partition, long offset, int tokens, long arrivedMs) {
    cutter.add(partition, new Arrival<>(offset, tokens, arrivedMs, Long.toString(offset)));
  }
}
