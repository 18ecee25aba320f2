package io.alluvium.trainer.program.packing;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.trainer.program.packing.LengthBuckets.Bucket;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PackingPropertyTest {
  @Property(tries = 200)
  void everySequenceLiesWholeOnTheAxis(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 1, max = 200) Integer> lengths) {
    List<int[]> sequences = lengths.stream().map(PackingPropertyTest::tokens).toList();

    Packing packing = Packing.of(sequences);

    int padded = packing.tokens();
    for (int n = 0; n < sequences.size(); n++) {
      int begin = (int) packing.begins()[n];
      int length = sequences.get(n).length;
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
  void attentionFindsEachSequenceAloneInARowAndItsWayBack(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 1, max = 200) Integer> lengths) {
    Packing packing = Packing.of(lengths.stream().map(PackingPropertyTest::tokens).toList());
    LengthBuckets buckets = packing.buckets();
    long padding = lengths.size();
    Set<Long> found = new HashSet<>();
    int cell = 0;
    for (Bucket bucket : buckets.buckets()) {
      for (int row = 0; row < bucket.rows(); row++) {
        long owner = packing.owners()[(int) bucket.places()[row * bucket.width()]];
        assertThat(owner).isLessThan(padding);
        for (int t = 0; t < bucket.width(); t++, cell++) {
          int place = (int) bucket.places()[row * bucket.width() + t];
          boolean real = t < lengths.get((int) owner);
          assertThat(packing.owners()[place]).isEqualTo(real ? owner : padding);
          if (real) {
            assertThat(packing.positions()[place]).isEqualTo(t);
            assertThat(back(buckets, place)).isEqualTo(cell);
            assertThat(found.add((long) place)).isTrue();
          }
        }
      }
    }
    assertThat(found).hasSize(lengths.stream().mapToInt(Integer::intValue).sum());
  }

  /** Else its gradient would be that of a token. */
  @Property(tries = 200)
  void paddingReadsACellOfPadding(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 1, max = 60) Integer> lengths) {
    Packing packing = Packing.of(lengths.stream().map(PackingPropertyTest::tokens).toList());
    long[] cells =
        packing.buckets().buckets().stream()
            .flatMapToLong(bucket -> Arrays.stream(bucket.places()))
            .toArray();
    for (int n = 0; n < packing.tokens(); n++) {
      if (packing.owners()[n] == lengths.size()) {
        int place = (int) cells[(int) back(packing.buckets(), n)];
        assertThat(packing.owners()[place]).isEqualTo(lengths.size());
      }
    }
  }

  @Example
  void sequencesOfOneLengthAreTheAxisAsItIs() {
    Packing packing = Packing.of(IntStream.range(0, 7).mapToObj(n -> tokens(33)).toList());

    assertThat(packing.tokens()).isEqualTo(7 * 33);
    assertThat(packing.buckets().back()).isEmpty();
    assertThat(packing.buckets().buckets()).hasSize(1);
  }

  /** Of many batches, for a single small one can miss by what the axis is rounded to. */
  @Example
  void batchesOfShortSequencesLeaveAtMostAThirtiethEmptyAndAFifthOfTheCells() {
    Random random = new Random(7);
    long axis = 0;
    long cells = 0;
    long tokens = 0;
    for (int batch = 0; batch < 500; batch++) {
      int count = 24 + random.nextInt(37);
      List<int[]> sequences =
          IntStream.range(0, count).mapToObj(n -> tokens(8 + random.nextInt(53))).toList();
      Packing packing = Packing.of(sequences);
      axis += packing.tokens();
      cells += packing.buckets().cells();
      tokens += sequences.stream().mapToInt(s -> s.length).sum();
    }
    assertThat(1 - tokens / (double) axis).isLessThanOrEqualTo(0.033);
    assertThat(1 - tokens / (double) cells).isLessThanOrEqualTo(0.2);
  }

  private static long back(LengthBuckets buckets, int place) {
    return buckets.back().length == 0 ? place : buckets.back()[place];
  }

  private static int[] tokens(int length) {
    int[] tokens = new int[length];
    for (int t = 0; t < length; t++) {
      tokens[t] = length + t;
    }
    return tokens;
  }
}
