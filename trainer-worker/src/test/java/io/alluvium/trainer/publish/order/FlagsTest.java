package io.alluvium.trainer.publish.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.VersionRange;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FlagsTest {
  @Test
  void versionsThatFollowEachOtherAreOneRange() {
    Flags flags = Flags.of(List.of(7L, 3L, 5L, 4L, 4L));
    assertThat(flags.ranges()).containsExactly(new VersionRange(3L, 5L), new VersionRange(7L, 7L));
    assertThat(flags.written()).isEqualTo("3-5,7");
    assertThat(flags.and(6).written()).isEqualTo("3-7");
    assertThat(flags.and(List.of(new VersionRange(1L, 9L))).written()).isEqualTo("1-9");
    assertThat(flags.hold(5L)).isTrue();
    assertThat(flags.hold(6L)).isFalse();
    assertThat(flags.hold(null)).isFalse();
  }

  @Test
  void anOrderIsReadAsItIsWritten() {
    assertThat(Flags.parse("3-5,7")).map(Flags::written).contains("3-5,7");
    for (String wrong : new String[] {"", "3-", "5-3", "3;4", "x", "3,,4"}) {
      assertThat(Flags.parse(wrong)).as(wrong).isEmpty();
    }
    assertThat(Flags.parse(null)).isEmpty();
    assertThat(Flags.parse("3-5").orElseThrow().areUpTo(5)).isTrue();
    assertThat(Flags.parse("3-5").orElseThrow().areUpTo(4)).isFalse();
    assertThat(Flags.parse("0-5").orElseThrow().areUpTo(5)).isFalse();
  }

  /** None is lost: what stands between the oldest is flagged with them. */
  @Test
  void aStateStaysSmall() {
    List<Long> every = LongStream.range(0, 200).mapToObj(n -> 2 * n + 1).toList();
    Flags flags = Flags.of(every);
    assertThat(flags.ranges()).hasSize(Flags.MOST);
    assertThat(every).allMatch(flags::hold);
  }
}
