package io.alluvium.streams.replay.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.streams.replay.sample.Interleaving.Kind;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class InterleavingPropertyTest {
  @Property(tries = 200)
  void anyThousandRecordsInARowHoldTheSharesExactly(
      @ForAll @LongRange(max = 1_000_000_000_000L) long first,
      @ForAll @IntRange(max = 450) int replays,
      @ForAll @IntRange(max = 450) int anchors) {
    assertThat(count(first, replays, anchors, Kind.REPLAY)).isEqualTo(replays);
    assertThat(count(first, replays, anchors, Kind.ANCHOR)).isEqualTo(anchors);
  }

  private static long count(long first, int replays, int anchors, Kind kind) {
    return LongStream.range(first, first + 1000)
        .filter(number -> Interleaving.of(number, replays, anchors) == kind)
        .count();
  }
}
