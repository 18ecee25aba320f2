package io.alluvium.trainer.adapter.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.alluvium.trainer.adapter.part.Linear;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BOnlyTest {
  private static final Linear LINEAR = new Linear("model.layers.3.mlp.up_proj", 8, 20, 48);

  @Test
  void rowsOfTheSharedMatrixAreOrthonormal() {
    float[] a = shared(7, LINEAR);
    for (int i = 0; i < 8; i++) {
      for (int j = 0; j < 8; j++) {
        double product = 0;
        for (int k = 0; k < 48; k++) {
          product += (double) a[i * 48 + k] * a[j * 48 + k];
        }
        assertThat(product).isCloseTo(i == j ? 1 : 0, within(1e-6));
      }
    }
  }

  /** Written down once: a machine, a virtual machine or a release that differs is found out. */
  @Test
  void theSharedMatrixHasTheSameBytesEverywhere() throws Exception {
    assertThat(sha256(shared(7, LINEAR)))
        .isEqualTo("1bb6a6897069f9e978554a7e2b4174a5ef882c6eacabc3247a099148887dfe10");
  }

  @Test
  void itDependsOnSeedPathAndShapeAlone() {
    float[] a = shared(7, LINEAR);
    assertThat(new BOnly(7).initial(LINEAR, new Random(99), List.of()).get(0)).isEqualTo(a);
    assertThat(shared(8, LINEAR)).isNotEqualTo(a);
    assertThat(shared(7, new Linear("model.layers.4.mlp.up_proj", 8, 20, 48))).isNotEqualTo(a);
  }

  @Test
  void theMeanOfTwoAdaptersIsTheMeanOfTheirDeltasAndKeepsTheRank() {
    float[] a = shared(7, LINEAR);
    float[] first = random(1);
    float[] second = random(2);
    float[] mean = new float[first.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (first[i] + second[i]) / 2;
    }
    float[] ofMean = product(mean, a);
    float[] one = product(first, a);
    float[] other = product(second, a);
    for (int i = 0; i < ofMean.length; i++) {
      assertThat(ofMean[i]).isCloseTo((one[i] + other[i]) / 2, within(1e-5f));
    }
  }

  @Test
  void moreRowsThanInputsAreRefused() {
    assertThatThrownBy(() -> shared(7, new Linear("x.down", 9, 4, 8)))
        .hasMessageContaining("rank 9 is more than the 8 inputs of x.down");
  }

  private static float[] shared(long seed, Linear linear) {
    List<float[]> values = new BOnly(seed).initial(linear, new Random(1), List.of());
    assertThat(values.get(1)).containsOnly(0);
    return values.get(0);
  }

  private static float[] random(long seed) {
    Random random = new Random(seed);
    float[] values = new float[20 * 8];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] product(float[] b, float[] a) {
    float[] product = new float[20 * 48];
    for (int i = 0; i < 20; i++) {
      for (int r = 0; r < 8; r++) {
        for (int j = 0; j < 48; j++) {
          product[i * 48 + j] += b[i * 8 + r] * a[r * 48 + j];
        }
      }
    }
    return product;
  }

  private static String sha256(float[] values) throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
  }
}
