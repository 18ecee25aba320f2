package io.alluvium.trainer.base.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
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

  @Property(tries = 200)
  void noTwoRowsWouldFitInOne(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = 200) Integer> lengths) {
    Packing packing = Packing.of(lengths.stream().map(PackingPropertyTest::tokens).toList());

    int[] used = new int[packing.rows()];
    for (int n = 0; n < lengths.size(); n++) {
      used[(int) packing.begins()[n] / packing.width()] += lengths.get(n);
    }
    Arrays.sort(used);
    assertThat(used.length == 1 || used[0] + used[1] > packing.width()).isTrue();
  }

  /** Of many batches, for a single small one can miss by what a row is rounded to. */
  @Example
  void batchesOfShortSequencesLeaveAtMostATwentiethEmpty() {
    Random random = new Random(7);
    int cells = 0;
    int tokens = 0;
    for (int batch = 0; batch < 500; batch++) {
      int count = 24 + random.nextInt(37);
      List<int[]> sequences =
          IntStream.range(0, count).mapToObj(n -> tokens(8 + random.nextInt(53))).toList();
      cells += Packing.of(sequences).ids().length;
      tokens += sequences.stream().mapToInt(s -> s.length).sum();
    }
    assertThat(1 - tokens / (double) cells).isLessThanOrEqualTo(0.05);
  }

  private static int[] tokens(int length) {
    int[] tokens = new int[length];
    for (int t = 0; t < length; t++) {
      tokens[t] = length + t;
    }
    return tokens;
  }
}
