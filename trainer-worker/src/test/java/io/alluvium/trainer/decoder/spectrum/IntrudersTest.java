package io.alluvium.trainer.decoder.spectrum;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.adapter.kind.Dora;
import io.alluvium.trainer.adapter.kind.Lora;
import io.alluvium.trainer.adapter.kind.Spiel;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.model.folder.HfFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** On the shipped base, whose matrices have decaying spectra, as trained ones do. */
class IntrudersTest {
  private static final long SEED = 5;
  private static final int TOP = 10;

  /** A strong direction of rank one intrudes; a dense update of the same norm does not. */
  @Test
  void aStrongNewDirectionIsOneIntruderAndADenseUpdateOfTheSameNormNone() throws IOException {
    try (Decoder decoder = Decoder.open(shipped(), new EngineOptions(1, 32));
        Intruders intruders = new Intruders(decoder, TOP)) {
      assertThat(count(decoder, intruders, 1, 0)).as("of no change").isZero();
      assertThat(count(decoder, intruders, 1, 5)).as("seed %d", SEED).isEqualTo(1);
      assertThat(count(decoder, intruders, 64, 5)).as("seed %d", SEED).isZero();
    }
  }

  @Test
  void whatIsNoPairIsNotCounted() {
    assertThat(Intruders.canCount(new Lora())).isTrue();
    assertThat(Intruders.canCount(new Dora())).isFalse();
    assertThat(Intruders.canCount(new Spiel())).isFalse();
  }

  /** Of the first linear alone: the others' pairs are zero. */
  private static int count(Decoder decoder, Intruders intruders, int rank, double norm) {
    LoraSpec spec = new LoraSpec(rank, rank, List.of("q_proj"));
    List<float[]> values = new ArrayList<>();
    for (LoraWeights.Slot slot : LoraWeights.slots(decoder.config(), spec)) {
      int size = Math.toIntExact(slot.rows() * slot.columns());
      values.add(values.size() < 2 ? drawn(size, values.size()) : new float[size]);
    }
    scale(values, rank, norm);
    try (LoraWeights adapter = LoraWeights.of(decoder.config(), spec, values)) {
      return intruders.of(adapter);
    }
  }

  private static float[] drawn(int size, int place) {
    Random random = new Random(SEED + place);
    float[] drawn = new float[size];
    for (int n = 0; n < size; n++) {
      drawn[n] = (float) random.nextGaussian();
    }
    return drawn;
  }

  /** The product of two drawn matrices has about this Frobenius norm then. */
  private static void scale(List<float[]> pair, int rank, double norm) {
    double product = Math.sqrt((double) pair.get(0).length * pair.get(1).length / rank);
    float[] b = pair.get(1);
    for (int n = 0; n < b.length; n++) {
      b[n] *= (float) (norm / product);
    }
  }

  private static HfFolder shipped() throws IOException {
    return HfFolder.open(Path.of("models", "alluvium-tiny"));
  }
}
