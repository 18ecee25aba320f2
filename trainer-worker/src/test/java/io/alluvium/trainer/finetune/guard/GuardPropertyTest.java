package io.alluvium.trainer.finetune.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Who is found, and where the limit lies. */
class GuardPropertyTest {

  @Property(tries = 300)
  void exactlyThePoisonedAreFound(
      @ForAll @IntRange(min = 1, max = 40) int size,
      @ForAll @Size(min = 1, max = 6) Set<@IntRange(min = 0, max = 39) Integer> chosen) {
    Set<Integer> poisoned = new HashSet<>();
    chosen.forEach(n -> poisoned.add(n % size));
    List<Integer> group = IntStream.range(0, size).boxed().toList();
    Bisection<Integer> bisection =
        new Bisection<>(
            some -> some.stream().anyMatch(poisoned::contains) ? Double.POSITIVE_INFINITY : 1, 2);
    assertThat(bisection.culprits(group, 6)).containsExactlyInAnyOrderElementsOf(poisoned);
  }

  @Property(tries = 300)
  void theSearchEndsOneBeyondWhatIsAskedFor(
      @ForAll @IntRange(min = 8, max = 40) int size, @ForAll @IntRange(min = 1, max = 6) int most) {
    List<Integer> group = IntStream.range(0, size).boxed().toList();
    Bisection<Integer> hopeless = new Bisection<>(some -> Double.POSITIVE_INFINITY, 2);
    assertThat(hopeless.culprits(group, most)).hasSize(most + 1).doesNotHaveDuplicates();
  }

  @Property(tries = 300)
  void noLossUpToTwiceTheMedianIsASpikeAndAFewSpikesMoveTheLimitByNothing(
      @ForAll @Size(min = 20, max = 60) List<@DoubleRange(min = 0.5, max = 4) Double> losses) {
    LossLimit limit = new LossLimit(10, 1, 99);
    LossLimit steady = new LossLimit(10, 1, 99);
    losses.forEach(limit::take);
    assertThat(limit.value()).isGreaterThanOrEqualTo(2 * median(losses) - 1e-9);
    IntStream.range(0, 20).forEach(n -> steady.take(1));
    steady.take(1e30);
    assertThat(steady.value()).isEqualTo(2);
    LossLimit learnt = new LossLimit(10, 4.6, 3);
    IntStream.range(0, 20).forEach(n -> learnt.take(0.01));
    assertThat(learnt.value()).isEqualTo(4.6);
  }

  @Property(tries = 100)
  void whileFewStepsAreKnownTheFirstLimitHolds(@ForAll @IntRange(min = 0, max = 7) int steps) {
    LossLimit limit = new LossLimit(10, 1, 99);
    IntStream.range(0, steps).forEach(n -> limit.take(1));
    assertThat(limit.value()).isEqualTo(99);
    assertThat(limit).hasToString("99.0 at a round's beginning");
  }

  private static double median(List<Double> values) {
    return LossLimit.median(new ArrayList<>(values).stream().mapToDouble(v -> v).toArray());
  }
}
