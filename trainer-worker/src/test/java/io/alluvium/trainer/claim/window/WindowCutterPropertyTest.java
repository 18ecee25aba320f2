package io.alluvium.trainer.claim.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.trainer.claim.queue.Arrival;
import io.alluvium.trainer.claim.queue.Arrival.Side;
import io.alluvium.trainer.claim.queue.WindowLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class WindowCutterPropertyTest {
  private static final Duration NEVER = Duration.ofDays(1);
  private static final WindowLimits FULL_ONLY =
      new WindowLimits(5, 1_000_000, NEVER, 2, new WindowLimits.Longest(NEVER, 1_000_000));

  @Property(tries = 200)
  void everyRecordIsInOneWindowOrWaitsThoughTheWorkerStartsAgain(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 20) int examples,
      @ForAll @IntRange(min = 1, max = 500) int tokens) {
    Random random = new Random(seed);
    List<Arrival> log = log(random);
    Map<String, Long> settled = new HashMap<>();
    Set<Long> cut = new HashSet<>();
    WindowCutter cutter = begun(limits(examples, tokens), 0, Map.of());
    int next = 0;
    while (next < log.size()) {
      cutter.add(0, log.get(next++));
      if (random.nextInt(3) == 0) {
        cutter.cut().ifPresent(window -> settle(window, settled, cut));
      }
      checkWaiting(cutter, log.subList(0, next), cut);
      if (random.nextInt(40) == 0) {
        long watermark = cutter.watermark(0);
        cutter = begun(limits(examples, tokens), watermark, settled);
        next = (int) log.stream().filter(one -> one.offset() < watermark).count();
      }
    }
    cutter.readUpTo(0, Long.MAX_VALUE / 2);
    for (var late = cutter.cut(); late.isPresent(); late = cutter.cut()) {
      settle(late.get(), settled, cut);
    }
    assertThat(cut).hasSize(log.size());
    assertThat(cutter.watermark(0)).isEqualTo(cutter.position(0));
  }

  /**
   * Which records a full window holds follows from the log. One that is cut for its age takes what
   * waits when its turn comes, which its event then says.
   */
  @Property(tries = 200)
  void fullWindowsAreTheSameWhateverThePolls(@ForAll long seed, @ForAll long polls) {
    List<Arrival> log = log(new Random(seed));
    assertThat(offsets(log, new Random(polls))).isEqualTo(offsets(log, new Random(~polls)));
  }

  private static Map<String, List<List<Long>>> offsets(List<Arrival> log, Random polls) {
    WindowCutter cutter = begun(FULL_ONLY, 0, Map.of());
    Map<String, List<List<Long>>> windows = new HashMap<>();
    for (int next = 0; next < log.size(); ) {
      int end = Math.min(log.size(), next + 1 + polls.nextInt(60));
      for (; next < end; next++) {
        cutter.add(0, log.get(next));
      }
      int most = polls.nextInt(4);
      for (int cut = 0; cut < most; cut++) {
        cutter.cut().ifPresent(window -> book(window, windows));
      }
    }
    for (var one = cutter.cut(); one.isPresent(); one = cutter.cut()) {
      book(one.get(), windows);
    }
    return windows;
  }

  private static void book(Window window, Map<String, List<List<Long>>> windows) {
    windows.computeIfAbsent(window.adapter(), any -> new ArrayList<>()).add(window.offsets());
  }

  private static void settle(Window window, Map<String, Long> settled, Set<Long> cut) {
    assertThat(window.firstOffset())
        .isGreaterThanOrEqualTo(settled.getOrDefault(window.adapter(), 0L));
    assertThat(window.offsets()).isSorted().allSatisfy(one -> assertThat(cut.add(one)).isTrue());
    settled.put(window.adapter(), window.nextOffset());
  }

  private static void checkWaiting(WindowCutter cutter, List<Arrival> read, Set<Long> cut) {
    long[] waiting =
        read.stream().mapToLong(Arrival::offset).filter(one -> !cut.contains(one)).toArray();
    assertThat(cutter.waiting(0)).isEqualTo(waiting.length);
    assertThat(cutter.watermark(0))
        .isEqualTo(waiting.length == 0 ? cutter.position(0) : waiting[0]);
  }

  private static List<Arrival> log(Random random) {
    List<Arrival> log = new ArrayList<>();
    long offset = 0;
    long nowMs = 0;
    for (int record = 0; record < 200; record++) {
      offset += 1 + random.nextInt(3);
      nowMs += random.nextInt(400) - 50;
      Side side = random.nextInt(4) == 0 ? Side.HELD_OUT : Side.TRAINING;
      log.add(new Arrival("a" + random.nextInt(6), offset, random.nextInt(90), nowMs, side));
    }
    return log;
  }

  private static WindowLimits limits(int examples, int tokens) {
    return new WindowLimits(
        examples,
        tokens,
        Duration.ofSeconds(3),
        2,
        new WindowLimits.Longest(Duration.ofSeconds(20), 150));
  }

  private static WindowCutter begun(WindowLimits limits, long position, Map<String, Long> settled) {
    WindowCutter cutter = new WindowCutter(new WindowCutter.Rules(limits, 1, new Unserved()));
    cutter.begin(0, position, adapter -> settled.getOrDefault(adapter, 0L));
    return cutter;
  }

  private static final class Unserved implements WindowCutter.History {
    @Override
    public int judges(String adapter) {
      return 0;
    }

    @Override
    public long servedMs(String adapter) {
      return 0;
    }

    @Override
    public boolean paused(String adapter) {
      return false;
    }
  }
}
