package io.alluvium.trainer.claim.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class WindowCutterPropertyTest {

  /** Records with gaps between offsets, as transaction markers leave them. */
  @Property
  void windowsTileEachPartitionAndHoldEveryRecordOnceInOrder(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int examples,
      @ForAll @IntRange(min = 1, max = 500) int tokens) {
    Random random = new Random(seed);
    WindowCutter<String> cutter =
        new WindowCutter<>(new WindowLimits(examples, tokens, Duration.ofSeconds(5)));
    Map<Integer, Long> positions = new HashMap<>(Map.of(0, 10L, 1, 0L, 2, 7L));
    positions.forEach(cutter::begin);
    Map<Integer, List<String>> sent = new HashMap<>();
    List<Window<String>> windows = new ArrayList<>();
    long nowMs = 0;
    for (int step = 0; step < 300; step++) {
      nowMs += random.nextInt(400);
      int partition = random.nextInt(3);
      long offset = positions.merge(partition, (long) random.nextInt(3), Long::sum);
      if (random.nextInt(4) > 0) {
        cutter.add(
            partition, new Arrival<>(offset, random.nextInt(60), nowMs, partition + ":" + offset));
        sent.computeIfAbsent(partition, any -> new ArrayList<>()).add(partition + ":" + offset);
        positions.put(partition, offset + 1);
      } else {
        cutter.advance(partition, offset);
      }
      cutter.cut(nowMs).ifPresent(windows::add);
    }
    long lateMs = nowMs + 5000;
    for (var late = cutter.cut(lateMs); late.isPresent(); late = cutter.cut(lateMs)) {
      windows.add(late.get());
    }

    assertThat(cutter.waiting()).isEmpty();
    Map<Integer, Long> next = new HashMap<>(Map.of(0, 10L, 1, 0L, 2, 7L));
    Map<Integer, List<String>> received = new HashMap<>();
    for (Window<String> window : windows) {
      assertThat(window.firstOffset()).isEqualTo(next.get(window.partition()));
      assertThat(window.records()).hasSizeLessThanOrEqualTo(examples);
      next.put(window.partition(), window.nextOffset());
      received
          .computeIfAbsent(window.partition(), any -> new ArrayList<>())
          .addAll(window.records());
    }
    assertThat(received).isEqualTo(sent);
  }
}
