package io.alluvium.trainer.claim.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.trainer.claim.queue.Arrival;
import io.alluvium.trainer.claim.queue.Arrival.Side;
import io.alluvium.trainer.claim.queue.WindowLimits;
import io.alluvium.trainer.claim.window.Standing.Why;
import io.alluvium.trainer.claim.window.Window.Cause;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WindowCutterTest {
  private static final WindowLimits LIMITS =
      new WindowLimits(
          4,
          100,
          Duration.ofSeconds(1),
          2,
          new WindowLimits.Longest(Duration.ofSeconds(10), 200_000));

  private final Map<String, Integer> judges = new HashMap<>();
  private final Map<String, Long> served = new HashMap<>();
  private final Set<String> paused = new HashSet<>();
  private final WindowCutter cutter = cutter(LIMITS);

  @BeforeEach
  void begin() {
    cutter.begin(0, 0, adapter -> 0);
  }

  @Test
  void aWindowHoldsOneAdaptersRecordsAndIsFullByExamples() {
    for (int offset = 0; offset < 7; offset++) {
      train(offset % 2 == 0 ? "a" : "b", offset, 0);
    }
    assertThat(cutter.cut()).contains(new Window(0, "a", List.of(0L, 2L, 4L, 6L), Cause.FULL));
    assertThat(cutter.cut()).isEmpty();
    assertThat(cutter.watermark(0)).isEqualTo(1);
  }

  /** Offsets stay behind what waits, and it is all there when training goes on. */
  @Test
  void recordsOfAPausedAdapterWaitAndHoldBackNobody() {
    paused.add("a");
    for (int offset = 0; offset < 8; offset++) {
      train(offset % 2 == 0 ? "a" : "b", offset, 0);
    }
    assertThat(why("a")).isEqualTo(Why.PAUSED);
    assertThat(cutter.cut()).map(Window::adapter).contains("b");
    assertThat(cutter.cut()).isEmpty();
    assertThat(cutter.watermark(0)).isZero();
    paused.remove("a");
    assertThat(cutter.cut()).map(Window::offsets).contains(List.of(0L, 2L, 4L, 6L));
  }

  @Test
  void theRecordThatWouldBeTooManyTokensStays() {
    cutter.add(0, new Arrival("a", 0, 60, 0, Side.TRAINING));
    cutter.add(0, new Arrival("a", 1, 60, 0, Side.TRAINING));
    assertThat(cutter.cut()).map(Window::offsets).contains(List.of(0L));
    assertThat(cutter.waiting(0)).isEqualTo(1);
    assertThat(cutter.watermark(0)).isEqualTo(1);
  }

  @Test
  void aRecordAboveTheTokenLimitIsAWindowOfItsOwn() {
    cutter.add(0, new Arrival("a", 0, 5000, 0, Side.TRAINING));
    assertThat(cutter.cut()).contains(new Window(0, "a", List.of(0L), Cause.FULL));
    assertThat(cutter.watermark(0)).isEqualTo(1);
  }

  @Test
  void anAgedWindowNeedsEnoughToTrainAndToJudgeWhateverNeighboursDo() {
    train("a", 0, 0);
    cutter.readUpTo(0, 5000);
    assertThat(why("a")).isEqualTo(Why.TOO_FEW_TO_TRAIN);
    train("a", 1, 0);
    assertThat(why("a")).isEqualTo(Why.TOO_FEW_TO_JUDGE);
    train("b", 2, 5000);
    assertThat(cutter.cut()).isEmpty();
    judges.put("a", 1);
    assertThat(cutter.cut()).contains(new Window(0, "a", List.of(0L, 1L), Cause.AGED));
  }

  @Test
  void ageIsThatOfTheLog() {
    judges.put("a", 1);
    train("a", 0, 400);
    train("a", 1, 400);
    cutter.readUpTo(0, 1399);
    assertThat(why("a")).isEqualTo(Why.YOUNG);
    train("b", 2, 1400);
    assertThat(why("a")).isEqualTo(Why.READY_AGED);
  }

  @Test
  void aWindowIsOverdueByAgeWithWhateverItHolds() {
    train("a", 0, 0);
    cutter.readUpTo(0, 9_999);
    assertThat(cutter.cut()).isEmpty();
    cutter.readUpTo(0, 10_000);
    assertThat(cutter.cut()).contains(new Window(0, "a", List.of(0L), Cause.OVERDUE));
  }

  @Test
  void aWindowIsOverdueWhenItHoldsBackTooMuchOfThePartition() {
    train("a", 5, 0);
    cutter.advance(0, 200_005);
    assertThat(cutter.cut()).isEmpty();
    cutter.advance(0, 200_006);
    assertThat(cutter.cut()).map(Window::cause).contains(Cause.OVERDUE);
    assertThat(cutter.watermark(0)).isEqualTo(200_006);
  }

  @Test
  void settledRecordsArePassedOverAndBeginningAnewForgetsWhatWaited() {
    train("a", 0, 0);
    cutter.begin(0, 0, adapter -> adapter.equals("a") ? 2 : 0);
    train("a", 0, 0);
    train("a", 1, 0);
    assertThat(cutter.waiting()).isZero();
    assertThat(cutter.watermark(0)).isEqualTo(2);
    train("b", 2, 0);
    train("a", 3, 0);
    assertThat(cutter.waiting()).isEqualTo(2);
  }

  @Test
  void waitingBeginsAtTheOldestRecordOrTheLastRoundWhicheverWasLater() {
    train("a", 0, 0);
    train("b", 1, 10);
    served.put("a", 11L);
    cutter.readUpTo(0, 20_000);
    assertThat(cutter.cut()).map(Window::adapter).contains("b");
    assertThat(cutter.cut()).map(Window::adapter).contains("a");
  }

  @Test
  void aBusyAdapterDoesNotStarveFortySlowOnes() {
    for (int offset = 0; offset < 100_000; offset++) {
      train("busy", offset, offset);
    }
    for (int slow = 0; slow < 40; slow++) {
      train("slow" + slow, 100_000 + slow, 100_000);
    }
    cutter.readUpTo(0, 120_000);
    Map<String, Integer> turns = new HashMap<>();
    long nowMs = 120_000;
    for (int turn = 0; turn < 41; turn++) {
      Optional<Window> window = cutter.cut();
      String adapter = window.orElseThrow().adapter();
      served.put(adapter, nowMs++);
      turns.merge(adapter, 1, Integer::sum);
    }
    assertThat(turns).hasSize(41).allSatisfy((adapter, count) -> assertThat(count).isOne());
  }

  @Test
  void aDroppedPartitionIsForgottenAndOffsetsNeverGoBackwards() {
    train("a", 3, 0);
    assertThatThrownBy(() -> train("a", 3, 0)).hasMessageContaining("offset 3 came after 4");
    cutter.drop(0);
    assertThat(cutter.cut()).isEmpty();
    assertThatThrownBy(() -> train("a", 4, 0)).hasMessage("partition 0 was never begun");
  }

  private Why why(String adapter) {
    return cutter
        .standings()
        .filter(standing -> standing.adapter().equals(adapter))
        .findFirst()
        .orElseThrow()
        .why();
  }

  private void train(String adapter, long offset, long appendedMs) {
    cutter.add(0, new Arrival(adapter, offset, 1, appendedMs, Side.TRAINING));
  }

  private WindowCutter cutter(WindowLimits limits) {
    return new WindowCutter(
        new WindowCutter.Rules(
            limits,
            1,
            new WindowCutter.History() {
              @Override
              public int judges(String adapter) {
                return judges.getOrDefault(adapter, 0);
              }

              @Override
              public long servedMs(String adapter) {
                return served.getOrDefault(adapter, 0L);
              }

              @Override
              public boolean paused(String adapter) {
                return paused.contains(adapter);
              }
            }));
  }
}
