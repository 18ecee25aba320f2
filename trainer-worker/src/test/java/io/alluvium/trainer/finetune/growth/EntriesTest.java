package io.alluvium.trainer.finetune.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EntriesTest {
  private static final Entries.Seed SEED = new Entries.Seed(4, 0.5, 0.25);

  @Test
  void theLeastChangedMakeRoomForTheLargestGradients() {
    Entries entries =
        new Entries(
            new int[] {1, 3, 6, 7},
            new float[] {0.5f, -0.1f, 0.2f, -3},
            new float[] {1, 2, 3, 4},
            new float[] {5, 6, 7, 8});
    float[] sums = {0, 9, -8, 0.5f, 4, 0, -1, 9};
    Entries chosen = entries.chosen(sums, 2, SEED);
    assertThat(chosen.places()).containsExactly(1, 2, 4, 7);
    assertThat(chosen.values()).containsExactly(0.5f, 0, 0, -3);
    assertThat(chosen.first()).containsExactly(1, -1, 0.5f, 4);
    assertThat(chosen.second()).containsExactly(5, 1, 0.25f, 8);
  }

  @Test
  void whatWouldBeDroppedAndGrownStaysAsItIs() {
    Entries entries =
        new Entries(
            new int[] {0, 2}, new float[] {0.1f, 4}, new float[] {1, 2}, new float[] {3, 4});
    Entries chosen = entries.chosen(new float[] {7, 6, 0, 5}, 1, SEED);
    assertThat(chosen).usingRecursiveComparison().isEqualTo(entries);
  }

  @Test
  void ofEqualsTheEarlierComesFirst() {
    Entries entries =
        new Entries(
            new int[] {4, 5, 6}, new float[] {-1, 1, 1}, new float[3], new float[] {1, 1, 1});
    assertThat(entries.chosen(new float[] {2, -2, 2, 2, 0, 0, 0}, 2, SEED).places())
        .containsExactly(0, 1, 6);
  }

  @Test
  void anyChoiceIsThatOfSortingEverything() {
    Random random = new Random(3);
    for (int trial = 0; trial < 300; trial++) {
      int size = 1 + random.nextInt(40);
      int[] places = IntStream.range(0, size).filter(place -> random.nextInt(3) > 0).toArray();
      Entries entries =
          new Entries(
              places, few(random, places.length), few(random, places.length), new float[size]);
      float[] sums = few(random, size);
      int number = places.length == 0 ? 0 : random.nextInt(places.length + 1);
      int[] chosen = entries.chosen(sums, number, SEED).places();
      assertThat(chosen).as("trial %d", trial).containsExactly(sorted(entries, sums, number));
    }
  }

  /** Slow and obvious. */
  private static int[] sorted(Entries entries, float[] sums, int number) {
    List<Integer> least = new ArrayList<>();
    for (int n = 0; n < entries.places().length; n++) {
      least.add(n);
    }
    least.sort(Comparator.comparing(n -> Math.abs(entries.values()[n])));
    TreeSet<Integer> chosen = new TreeSet<>();
    least.subList(number, least.size()).forEach(n -> chosen.add(entries.places()[n]));
    List<Integer> free = new ArrayList<>();
    for (int place = 0; place < sums.length; place++) {
      if (!chosen.contains(place)) {
        free.add(place);
      }
    }
    free.sort(Comparator.comparing(place -> -Math.abs(sums[place])));
    chosen.addAll(free.subList(0, number));
    return chosen.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Few different values, so that many are equal. */
  private static float[] few(Random random, int size) {
    float[] values = new float[size];
    for (int n = 0; n < size; n++) {
      values[n] = random.nextInt(7) - 3;
    }
    return Arrays.copyOf(values, size);
  }
}
