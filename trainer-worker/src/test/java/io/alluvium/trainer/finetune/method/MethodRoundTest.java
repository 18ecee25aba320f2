package io.alluvium.trainer.finetune.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.pytorch.jni.NativeTensor;
import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.finetune.Configs;
import io.alluvium.trainer.finetune.FineTuneResult.Trained;
import io.alluvium.trainer.finetune.FineTuner;
import io.alluvium.trainer.finetune.anchor.Anchors;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.finetune.method.WeightMethod.Restraint;
import io.alluvium.trainer.finetune.method.choice.Methods;
import io.alluvium.trainer.finetune.method.weight.Ewc;
import io.alluvium.trainer.finetune.state.TrainingState;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.TinyModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What methods do to a whole round, on a small base. */
class MethodRoundTest {
  private static final LoraSpec SPEC =
      new LoraSpec(4, 8, List.of("q_proj", "v_proj", "up_proj", "down_proj"));
  private static final FineTuneConfig CONFIG =
      Configs.of(SPEC, new AnchorConfig(null, 5, 20, 3, 1.0));
  private static final double[] AMOUNTS = {1, 0.5, 2};

  @TempDir static Path folder;

  private static Decoder decoder;
  private static TrainingState parent;
  private static List<float[]> plain;

  /** The parent has learned already, so that there is something to hold. */
  @BeforeAll
  static void open() throws Exception {
    TinyModel.write(folder, TinyModel.MISTRAL, 2);
    decoder = Decoder.open(HfFolder.open(folder), new EngineOptions(1, 90));
    try (FineTuner tuner = tuner(Map.of());
        TrainingState fresh = TrainingState.initial(decoder.config(), SPEC, 5)) {
      parent = ((Trained) tuner.train(fresh, Configs.items(12), 1)).candidate();
    }
    plain = trained(Map.of());
  }

  @AfterAll
  static void close() {
    parent.close();
    decoder.close();
  }

  static List<String> names() {
    return new ArrayList<>(Methods.names());
  }

  /** Every name is wired into training: the amount that fits makes another candidate. */
  @ParameterizedTest
  @MethodSource("names")
  void everyMethodChangesARound(String name) {
    List<float[]> changed = trained(Map.of(name, amount(name)));
    assertThat(distance(changed, plain)).as(name).isPositive();
    assertThat(distance(changed, values(parent.adapter()))).as(name).isPositive();
  }

  @Test
  void l2HoldsTheMoreTheMoreThereIsOfIt() {
    assertThat(way(trained(Map.of("l2", 100.0))))
        .isLessThan(way(trained(Map.of("l2", 1.0))))
        .isLessThan(way(plain) / 2);
  }

  @Test
  void ewcHoldsMostWhereTheGradientsWere() {
    List<Restraint> restraints = new Ewc(2).restraints(parent, 1);
    List<NativeTensor> moments = parent.secondMoments().tensors();
    double sum = 0;
    long count = 0;
    for (int n = 0; n < restraints.size(); n++) {
      float[] stiffness = restraints.get(n).stiffness();
      assertThat(largest(stiffness)).isEqualTo(largest(moments.get(n).floats()));
      sum += total(stiffness);
      count += stiffness.length;
    }
    assertThat(sum / count).isCloseTo(2, within(1e-4));
    assertThat(way(trained(Map.of("ewc", 100.0)))).isLessThan(way(plain));
  }

  @Test
  void halfFineTuningLeavesTheOtherHalfBitForBit() {
    List<float[]> after = trained(Map.of("hft", 0.5));
    List<float[]> before = values(parent.adapter());
    List<LoraWeights.Slot> slots = parent.adapter().trainedSlots();
    int resting = 0;
    for (int n = 0; n < slots.size(); n += 2) {
      boolean restA = Arrays.equals(before.get(n), after.get(n));
      boolean restB = Arrays.equals(before.get(n + 1), after.get(n + 1));
      assertThat(restA).as(slots.get(n).path()).isEqualTo(restB);
      resting += restA ? 1 : 0;
    }
    assertThat(resting).isEqualTo(slots.size() / 4);
  }

  @Test
  void lookaheadGoesItsShareOfTheWay() {
    List<float[]> half = trained(Map.of("lookahead", 0.5));
    List<float[]> before = values(parent.adapter());
    for (int n = 0; n < half.size(); n++) {
      for (int i = 0; i < half.get(n).length; i++) {
        assertThat((double) half.get(n)[i])
            .isCloseTo((before.get(n)[i] + plain.get(n)[i]) / 2.0, within(1e-6));
      }
    }
  }

  /** The last of six steps is one sixth: the mean over it is the last state itself. */
  @Test
  void theMeanOverTheLastStepAloneIsTheLastState() {
    assertThat(distance(trained(Map.of("average", 1 / 6.0)), plain)).isZero();
    assertThat(way(trained(Map.of("average", 1.0)))).isLessThan(way(plain));
  }

  private static double amount(String name) {
    return DoubleStream.of(AMOUNTS).filter(amount -> fits(name, amount)).findFirst().orElseThrow();
  }

  private static boolean fits(String name, double amount) {
    try {
      return Methods.of(Map.of(name, amount)).chosen().size() == 1;
    } catch (IllegalArgumentException outOfRange) {
      return false;
    }
  }

  private static FineTuner tuner(Map<String, Double> methods) {
    return new FineTuner(decoder, CONFIG.withMethods(methods), Anchors.of(Configs.anchors(7)));
  }

  private static List<float[]> trained(Map<String, Double> methods) {
    try (FineTuner tuner = tuner(methods);
        TrainingState candidate =
            ((Trained) tuner.train(parent, Configs.items(12), 2)).candidate()) {
      return values(candidate.adapter());
    }
  }

  private static List<float[]> values(LoraWeights adapter) {
    return adapter.trained().stream().map(NativeTensor::floats).toList();
  }

  private static double way(List<float[]> after) {
    return distance(after, values(parent.adapter()));
  }

  private static double distance(List<float[]> one, List<float[]> other) {
    double sum = 0;
    for (int n = 0; n < one.size(); n++) {
      for (int i = 0; i < one.get(n).length; i++) {
        double difference = one.get(n)[i] - other.get(n)[i];
        sum += difference * difference;
      }
    }
    return Math.sqrt(sum);
  }

  private static int largest(float[] values) {
    int at = 0;
    for (int n = 1; n < values.length; n++) {
      at = values[n] > values[at] ? n : at;
    }
    return at;
  }

  private static double total(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }
}
