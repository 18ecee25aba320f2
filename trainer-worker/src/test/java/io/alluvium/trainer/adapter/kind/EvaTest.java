package io.alluvium.trainer.adapter.kind;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.trainer.adapter.part.Linear;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EvaTest {
  private static final List<Linear> LINEARS =
      List.of(
          new Linear("a", 2, 9, 8),
          new Linear("b", 3, 9, 8),
          new Linear("without", 0, 9, 8),
          new Linear("c", 2, 3, 8));

  @Test
  void aLinearGetsAtMostRhoTimesItsRankAndNotMoreThanItHas() {
    Eva kind = new Eva(2);
    assertThat(LINEARS).extracting(kind::width).containsExactly(4, 6, 0, 3);
    assertThat(LINEARS).extracting(new Eva(1)::width).containsExactly(2, 3, 0, 2);
    assertThat(kind.describe()).isEqualTo("eva(rho=2.0)");
    assertThat(new Eva(1).describe()).isEqualTo("eva");
  }

  /** PEFT's rule: of all linears' directions the largest shares, as many as all ranks together. */
  @Test
  void theRankGoesWhereTheLargestSharesAre() {
    Eva kind = new Eva(2);
    List<List<float[]>> starts =
        kind.settled(
            LINEARS,
            List.of(
                start(0.1f, 0.05f, 0.02f, 0.01f),
                start(0.5f, 0.2f, 0.15f, 0.06f, 0.04f, 0.03f),
                List.of(),
                start(0.3f, 0.07f, 0.005f)));
    List<Integer> kept = new ArrayList<>();
    for (int n = 0; n < LINEARS.size(); n++) {
      kept.add(
          kind.kept(LINEARS.get(n), kind.initial(LINEARS.get(n), new Random(1), starts.get(n))));
    }
    assertThat(kept).containsExactly(1, 4, 0, 2);
  }

  @Test
  void theSumOfTheRanksStaysWhateverTheShares() {
    Random random = new Random(4);
    for (int trial = 0; trial < 100; trial++) {
      Eva kind = new Eva(1 + 2 * random.nextDouble());
      List<List<float[]>> starts = new ArrayList<>();
      for (Linear linear : LINEARS) {
        starts.add(linear.adapted() ? start(falling(random, kind.width(linear))) : List.of());
      }
      kind.settled(LINEARS, starts);
      int sum = 0;
      for (int n = 0; n < LINEARS.size(); n++) {
        sum += kind.kept(LINEARS.get(n), kind.initial(LINEARS.get(n), random, starts.get(n)));
      }
      assertThat(sum).as("trial %d, %s", trial, kind).isEqualTo(7);
    }
  }

  @Test
  void whatIsPublishedIsWithoutTheRowsThatAreZero() {
    Linear linear = new Linear("a", 2, 2, 3);
    float[] a = {1, 2, 3, 0, 0, 0};
    float[] b = {4, 0, 5, 0};
    List<float[]> pair = new Eva(1.5).publish(linear, List.of(a, b));
    assertThat(pair.get(0)).containsExactly(1, 2, 3);
    assertThat(pair.get(1)).containsExactly(4, 5);
  }

  private static List<float[]> start(float... shares) {
    float[] a = new float[shares.length * 8];
    Arrays.fill(a, 0.5f);
    return List.of(a, shares);
  }

  private static float[] falling(Random random, int size) {
    List<Float> shares = new ArrayList<>();
    for (int n = 0; n < size; n++) {
      shares.add(random.nextInt(6) / 10f);
    }
    shares.sort(Collections.reverseOrder());
    float[] values = new float[size];
    for (int n = 0; n < size; n++) {
      values[n] = shares.get(n);
    }
    return values;
  }
}
