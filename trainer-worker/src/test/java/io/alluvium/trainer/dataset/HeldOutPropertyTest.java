package io.alluvium.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class HeldOutPropertyTest {

  @Property
  void theSideOfAnExampleDependsOnItsIdAlone(
      @ForAll String id, @ForAll @DoubleRange(min = 0, max = 0.99) double share) {
    assertThat(new HeldOut(share).holds(id)).isEqualTo(new HeldOut(share).holds(id));
  }

  @Property
  void whatASmallShareHoldsALargerOneHoldsToo(
      @ForAll String id, @ForAll @DoubleRange(min = 0, max = 0.49) double share) {
    if (new HeldOut(share).holds(id)) {
      assertThat(new HeldOut(share * 2).holds(id)).isTrue();
    }
  }

  /** Five standard deviations of the binomial: wrong once in three million shares. */
  @Property(tries = 50)
  void theShareIsMet(@ForAll @DoubleRange(min = 0, max = 0.9) double share, @ForAll int run) {
    int ids = 4000;
    HeldOut heldOut = new HeldOut(share);
    long held = IntStream.range(0, ids).filter(n -> heldOut.holds(run + "/" + n)).count();
    double deviation = Math.sqrt(ids * share * (1 - share));
    assertThat((double) held)
        .isBetween(ids * share - 5 * deviation - 1, ids * share + 5 * deviation + 1);
  }
}
