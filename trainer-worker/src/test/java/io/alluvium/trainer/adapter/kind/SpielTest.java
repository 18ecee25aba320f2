package io.alluvium.trainer.adapter.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.trainer.adapter.part.Linear;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpielTest {
  private static final Spiel KIND = new Spiel();
  private static final Linear LINEAR = new Linear("model.layers.0.mlp.up_proj", 3, 20, 30);

  @Test
  void asManyEntriesAsLoraHasNumbersSortedAndNoneTwice() {
    List<float[]> values = KIND.initial(LINEAR, new Random(1), List.of());
    assertThat(values).allSatisfy(part -> assertThat(part).hasSize(3 * (20 + 30)));
    assertThat(values.get(0)).containsOnly(0);
    int[] places = places(values);
    assertThat(places).isSorted().doesNotHaveDuplicates();
    assertThat(places[places.length - 1]).isBetween(500, 20 * 30 - 1);
    assertThat(KIND.initial(LINEAR, new Random(2), List.of()).get(1)).isNotEqualTo(values.get(1));
  }

  @Test
  void neverMoreEntriesThanTheMatrixHas() {
    Linear small = new Linear("x.k_proj", 9, 4, 5);
    int[] places = places(KIND.initial(small, new Random(1), List.of()));
    assertThat(places).hasSize(20).isSorted().doesNotHaveDuplicates();
    assertThat(KIND.initial(new Linear("x.v_proj", 0, 4, 5), new Random(1), List.of()))
        .allSatisfy(part -> assertThat(part).isEmpty());
  }

  /** One side is the identity, so the product is the other side, to the bit. */
  @Test
  void whatIsPublishedIsTheEntriesAndZeroElsewhere() {
    for (Linear linear : List.of(LINEAR, new Linear("model.layers.0.mlp.down_proj", 2, 30, 20))) {
      List<float[]> values = KIND.initial(linear, new Random(1), List.of());
      Random random = new Random(5);
      float[] dense = new float[linear.outputs() * linear.inputs()];
      int[] places = places(values, linear.inputs());
      for (int n = 0; n < places.length; n++) {
        values.get(0)[n] = (float) random.nextGaussian();
        dense[places[n]] = values.get(0)[n];
      }
      List<float[]> pair = KIND.publish(linear, values);
      boolean wide = linear.inputs() > linear.outputs();
      int rank = Math.min(linear.inputs(), linear.outputs());
      assertThat(pair.get(wide ? 0 : 1)).isEqualTo(dense);
      float[] identity = pair.get(wide ? 1 : 0);
      for (int n = 0; n < rank * rank; n++) {
        assertThat(identity[n]).isEqualTo(n % rank == n / rank ? 1 : 0);
      }
    }
  }

  @Test
  void whatSinglePrecisionCannotNumberIsRefused() {
    Linear vast = new Linear("x.lm_head", 1, (1 << 24) + 1, 8);
    assertThatThrownBy(() -> KIND.parts(vast))
        .hasMessage("x.lm_head has more than 16777216 rows or columns: spiel cannot number them");
    assertThat(KIND.parts(new Linear("x.lm_head", 1, 1 << 24, 8))).hasSize(3);
  }

  private static int[] places(List<float[]> values) {
    return places(values, values.get(2).length == 20 ? 5 : LINEAR.inputs());
  }

  private static int[] places(List<float[]> values, int inputs) {
    int[] places = new int[values.get(0).length];
    Arrays.setAll(places, n -> ((int) values.get(1)[n]) * inputs + (int) values.get(2)[n]);
    return places;
  }
}
