package io.alluvium.trainer.base.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PackingPropertyTest {
  @Property(tries = 200)
  void everySequenceLiesWholeInOneRow(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 1, max = 200) Integer> lengths) {
    List<int[]> sequences = lengths.stream().map(PackingPropertyTest::tokens).toList();

    Packing packing = Packing.of(sequences);

    int padded = packing.ids().length;
    for (int n = 0; n < sequences.size(); n++) {
      int begin = (int) packing.begins()[n];
      int length = sequences.get(n).length;
      assertThat(begin / packing.width()).isEqualTo((begin + length - 1) / packing.width());
      for (int t = 0; t < length; t++) {
        assertThat(packing.owners()[begin + t]).isEqualTo(n);
        assertThat(packing.positions()[begin + t]).isEqualTo(t);
        assertThat(packing.ids()[begin + t]).isEqualTo(sequences.get(n)[t]);
      }
      padded -= length;
    }
    int count = sequences.size();
    assertThat(Arrays.stream(packing.owners()).filter(owner -> owner == count).count())
        .isEqualTo(padded);
  }

  @Property
  void aBatchOfShortSequencesLeavesAtMostATwentiethEmpty(
      @ForAll @Size(min = 24, max = 60) List<@IntRange(min = 8, max = 60) Integer> lengths) {
    Packing packing = Packing.of(lengths.stream().map(PackingPropertyTest::tokens).toList());

    int tokens = lengths.stream().mapToInt(Integer::intValue).sum();
    assertThat(1 - tokens / (double) packing.ids().length).isLessThanOrEqualTo(0.05);
  }

  private static int[] tokens(int length) {
    int[] tokens = new int[length];
    for (int t = 0; t < length; t++) {
      tokens[t] = length + t;
    }
    return tokens;
  }
}
