package io.alluvium.trainer.adapter.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alluvium.trainer.adapter.part.Linear;
import io.alluvium.trainer.adapter.part.Part;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RandLoraTest {
  private static final int RANK = 3;
  private static final int BASES = 4;
  private static final Linear LINEAR = new Linear("model.layers.0.mlp.up_proj", RANK, 10, 14);
  private static final RandLora KIND = new RandLora(BASES, 5);

  @Test
  void whatIsPublishedIsTheSumOfScaledRandomPairs() {
    List<float[]> values = trained();
    List<float[]> pair = KIND.publish(LINEAR, values);
    for (int row = 0; row < 10; row++) {
      for (int column = 0; column < 14; column++) {
        double sum = 0;
        for (int j = 0; j < BASES; j++) {
          for (int r = 0; r < RANK; r++) {
            sum +=
                (double) values.get(3)[row * BASES * RANK + j * RANK + r]
                    * values.get(0)[j * RANK + r]
                    * values.get(2)[r * 14 + column]
                    * values.get(1)[j * 14 + column];
          }
        }
        double product = 0;
        for (int k = 0; k < BASES * RANK; k++) {
          product += (double) pair.get(1)[row * BASES * RANK + k] * pair.get(0)[k * 14 + column];
        }
        assertThat(product).isCloseTo(sum, within(1e-5));
      }
    }
  }

  /** The paper's point: the rank is not bounded by that of one pair. */
  @Test
  void theSumHasFullRankFromFewTrainedNumbers() {
    List<float[]> pair = KIND.publish(LINEAR, trained());
    double[][] delta = new double[10][14];
    for (int row = 0; row < 10; row++) {
      for (int column = 0; column < 14; column++) {
        for (int k = 0; k < BASES * RANK; k++) {
          delta[row][column] +=
              (double) pair.get(1)[row * BASES * RANK + k] * pair.get(0)[k * 14 + column];
        }
      }
    }
    assertThat(rank(delta)).isEqualTo(10).isGreaterThan(RANK);
    int trained = KIND.parts(LINEAR).stream().filter(Part::trained).mapToInt(Part::elements).sum();
    assertThat(trained).isEqualTo(BASES * (RANK + 14));
  }

  @Test
  void theRandomPairsDependOnSeedPathAndShapeAlone() {
    List<float[]> one = KIND.initial(LINEAR, new Random(1), List.of());
    List<float[]> other = KIND.initial(LINEAR, new Random(2), List.of());
    assertThat(other.get(2)).isEqualTo(one.get(2));
    assertThat(other.get(3)).isEqualTo(one.get(3));
    assertThat(new RandLora(BASES, 6).initial(LINEAR, new Random(1), List.of()).get(2))
        .isNotEqualTo(one.get(2));
  }

  private static List<float[]> trained() {
    List<float[]> values = KIND.initial(LINEAR, new Random(1), List.of());
    Random random = new Random(7);
    for (float[] diagonal : values.subList(0, 2)) {
      for (int i = 0; i < diagonal.length; i++) {
        diagonal[i] += (float) random.nextGaussian();
      }
    }
    return values;
  }

  /** Gauss's elimination with the largest pivot. */
  private static int rank(double[][] matrix) {
    int rank = 0;
    for (int column = 0; column < matrix[0].length && rank < matrix.length; column++) {
      int pivot = rank;
      for (int row = rank; row < matrix.length; row++) {
        pivot = Math.abs(matrix[row][column]) > Math.abs(matrix[pivot][column]) ? row : pivot;
      }
      if (Math.abs(matrix[pivot][column]) < 1e-6) {
        continue;
      }
      double[] swapped = matrix[pivot];
      matrix[pivot] = matrix[rank];
      matrix[rank] = swapped;
      for (int row = rank + 1; row < matrix.length; row++) {
        double factor = matrix[row][column] / swapped[column];
        for (int i = column; i < matrix[0].length; i++) {
          matrix[row][i] -= factor * swapped[i];
        }
      }
      rank++;
    }
    return rank;
  }
}
