package io.alluvium.trainer.finetune.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.pytorch.jni.NativeTensor;
import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.adapter.PeftFolder;
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
import java.nio.file.Files;
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
    assertHalfway(trained(Map.of("lookahead", 0.5)), values(parent.adapter()), plain);
  }

  /** The last of six steps is one sixth: the mean over it is the last state itself. */
  @Test
  void theMeanOverTheLastStepAloneIsTheLastState() {
    assertThat(distance(trained(Map.of("average", 1 / 6.0)), plain)).isZero();
    assertThat(way(trained(Map.of("average", 1.0)))).isLessThan(way(plain));
  }

  /**
   * The slow one is served and goes half of the way; the fast one goes on as if there were none.
   */
  @Test
  void theFastAdapterLearnsOnBesideTheSlowOne() throws Exception {
    List<float[]> before = values(parent.adapter());
    try (FineTuner slow = tuner(Map.of("slow", 0.5));
        FineTuner alone = tuner(Map.of());
        TrainingState first = train(slow, parent, 2);
        TrainingState read = written(first);
        TrainingState second = train(slow, read, 3);
        TrainingState same = train(slow, first, 3);
        TrainingState one = train(alone, parent, 2);
        TrainingState two = train(alone, one, 3)) {
      List<float[]> served = values(first.adapter());
      assertHalfway(served, before, values(one.adapter()));
      assertHalfway(values(second.adapter()), served, values(two.adapter()));
      assertThat(distance(values(second.adapter()), values(same.adapter()))).isZero();
    }
  }

  /** A candidate that is pulled back takes what learns with it. */
  @Test
  void halfOfAStepIsHalfForBoth() {
    try (FineTuner slow = tuner(Map.of("slow", 0.5));
        FineTuner alone = tuner(Map.of());
        TrainingState first = train(slow, parent, 2);
        TrainingState nearer = first.comingFrom(parent, 0.5);
        TrainingState fast = nearer.copyAfter(0, 1);
        TrainingState one = train(alone, parent, 2)) {
      assertHalfway(values(nearer.adapter()), values(parent.adapter()), values(first.adapter()));
      assertHalfway(values(fast.adapter()), values(parent.adapter()), values(one.adapter()));
    }
  }

  @Test
  void slaoServesTheLastAAndABThatFollows() {
    try (FineTuner merging = tuner(Map.of("slao", 1.0));
        TrainingState merged = train(merging, parent, 2)) {
      List<float[]> before = values(parent.adapter());
      List<float[]> served = values(merged.adapter());
      for (int n = 0; n < served.size(); n += 2) {
        assertThat(served.get(n)).as("A").isEqualTo(plain.get(n));
        for (int i = 0; i < served.get(n + 1).length; i++) {
          float from = before.get(n + 1)[i];
          // The second round of as many steps.
          assertThat((double) served.get(n + 1)[i])
              .isCloseTo(from + (plain.get(n + 1)[i] - from) / Math.sqrt(2), within(1e-6));
        }
      }
    }
  }

  private static void assertHalfway(List<float[]> found, List<float[]> from, List<float[]> to) {
    for (int n = 0; n < found.size(); n++) {
      for (int i = 0; i < found.get(n).length; i++) {
        assertThat((double) found.get(n)[i])
            .isCloseTo((from.get(n)[i] + to.get(n)[i]) / 2.0, within(1e-6));
      }
    }
  }

  private static TrainingState written(TrainingState state) throws Exception {
    Path to = Files.createDirectories(folder.resolve("written"));
    PeftFolder.write(to, state.adapter(), "base");
    state.write(to);
    return TrainingState.read(to, decoder.config(), SPEC);
  }

  private static TrainingState train(FineTuner tuner, TrainingState from, long seed) {
    return ((Trained) tuner.train(from, Configs.items(12), seed)).candidate();
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
        TrainingState candidate = train(tuner, parent, 2)) {
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
