package io.alluvium.trainer.finetune.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Runs below two limits. */
class BatchesPropertyTest {

  @Property(tries = 500)
  void runsKeepOrderAndLimitsAndAreAsLongAsTheyMayBe(
      @ForAll @Size(max = 50) List<@IntRange(min = 1, max = 60) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 9) int count,
      @ForAll @IntRange(min = 0, max = 100) int tokens) {
    List<List<Integer>> runs = new Batches(count, tokens).cut(lengths, length -> length);
    assertThat(runs.stream().flatMap(List::stream).toList()).isEqualTo(lengths);
    for (int n = 0; n < runs.size(); n++) {
      List<Integer> run = runs.get(n);
      assertThat(run).isNotEmpty();
      assertThat(fits(run, count, tokens) || run.size() == 1).isTrue();
      if (n + 1 < runs.size()) {
        List<Integer> longer = new java.util.ArrayList<>(run);
        longer.add(runs.get(n + 1).get(0));
        assertThat(fits(longer, count, tokens)).isFalse();
      }
    }
  }

  private static boolean fits(List<Integer> run, int count, int tokens) {
    int sum = run.stream().mapToInt(Integer::intValue).sum();
    return run.size() <= count && (tokens == 0 || sum <= tokens);
  }
}
