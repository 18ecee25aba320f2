package io.alluvium.trainer.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.pytorch.jni.NativeTensor;
import ai.djl.pytorch.jni.ScriptModule;
import ai.djl.pytorch.jni.TensorList;
import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.decoder.options.Precision;
import io.alluvium.trainer.finetune.anchor.AnchorBatch;
import io.alluvium.trainer.finetune.anchor.AnchorStates;
import io.alluvium.trainer.finetune.anchor.Anchors;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.finetune.state.TrainingState;
import io.alluvium.trainer.finetune.step.Step;
import io.alluvium.trainer.finetune.step.StepContext;
import io.alluvium.trainer.finetune.step.StepText;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.TinyModel;
import io.alluvium.trainer.model.text.TokenSequence;
import io.alluvium.trainer.program.device.TorchScriptArchive;
import io.alluvium.trainer.program.gradient.GradientText.Memory;
import io.alluvium.trainer.program.text.DecoderText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One optimiser step, against sums written out in Java and against finite differences. */
class StepTest {
  private static final double COEFFICIENT = 0.7;
  private static final double RATE = 1e-3;
  private static final LoraSpec SPEC =
      new LoraSpec(3, 6, List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "down_proj"));
  private static final FineTuneConfig CONFIG =
      Configs.of(SPEC, new AnchorConfig(null, 0, 64, 3, COEFFICIENT));

  @TempDir static Path folder;

  private static Decoder decoder;
  private static ScriptModule program;
  private static AnchorStates anchors;
  private static List<TrainingItem> items;

  @BeforeAll
  static void open() throws Exception {
    TinyModel.write(folder, TinyModel.MISTRAL, 2);
    decoder = Decoder.open(HfFolder.open(folder), new EngineOptions(1, 90));
    program = program(SPEC, Memory.KEEP);
    anchors = new AnchorStates(decoder, Anchors.of(Configs.anchors(3)), 3);
    items = Configs.items(5);
  }

  @AfterAll
  static void close() {
    anchors.close();
    program.close();
    decoder.close();
  }

  @Test
  void lossIsTheWeightedSumOverThePlainTokenCount() {
    try (TrainingState state = state(adapter(0))) {
      Step.Report report = step(state);
      float[] losses = decoder.score(sequences(), state(adapter(0)).adapter()).losses();
      double sum = 0;
      int tokens = 0;
      for (int n = 0; n < items.size(); n++) {
        int response = items.get(n).tokens().responseTokens();
        sum += items.get(n).weight() * losses[n] * response;
        tokens += response;
      }
      assertThat((double) report.loss()).isCloseTo(sum / tokens, within(1e-5));
      assertThat(report.losses()).containsExactly(losses, within(1e-5f));
    }
  }

  @Test
  void divergenceIsTheMeanOverAllAnchorPositions() {
    try (TrainingState state = state(adapter(0));
        LoraWeights same = adapter(0)) {
      double sum = 0;
      int positions = 0;
      for (int[] anchor : Configs.anchors(3)) {
        for (int length = 1; length < anchor.length; length++, positions++) {
          int[] ids = Arrays.copyOf(anchor, length);
          sum += divergence(decoder.lastLogits(ids, null), decoder.lastLogits(ids, same));
        }
      }
      assertThat((double) step(state).kl()).isCloseTo(sum / positions, within(1e-5));
    }
  }

  @Test
  void anchorsThatAreNotRememberedHoldJustTheSame() {
    try (AnchorStates forgetful =
            new AnchorStates(decoder, Anchors.of(Configs.anchors(3)), CONFIG.anchors().keeping(0));
        TrainingState a = state(adapter(0));
        TrainingState b = state(adapter(0))) {
      Step step = new Step(program, decoder.weights(), CONFIG);
      AnchorBatch hold = forgetful.of(new int[] {0, 1, 2}, 0);
      float kl = step.run(a, items, hold, new StepContext(1, RATE)).kl();
      assertThat(kl).isCloseTo(step(b).kl(), within(1e-6f));
    }
  }

  @Test
  void aFreshAdapterDoesNotDivergeFromTheBase() {
    try (TrainingState state = TrainingState.initial(decoder.config(), SPEC, 4)) {
      assertThat(step(state).kl()).isCloseTo(0, within(1e-6f));
    }
  }

  @Test
  void gradientEqualsFiniteDifferencesOfTheWholeLoss() {
    List<float[]> gradient = gradient();
    for (int direction = 0; direction < 4; direction++) {
      List<float[]> along = direction == 0 ? gradient : Slope.random(gradient, direction);
      double length = Math.sqrt(Slope.dot(along, along));
      double epsilon = 2e-2 / length;
      double slope = (loss(along, epsilon) - loss(along, -epsilon)) / (2 * epsilon) / length;
      assertThat(slope)
          .as("direction %d", direction)
          .isCloseTo(
              Slope.dot(gradient, along) / length,
              within(2e-3 * Math.sqrt(Slope.dot(gradient, gradient))));
    }
  }

  @Test
  void recomputingChangesNoBit() {
    try (ScriptModule thrifty = program(SPEC, Memory.RECOMPUTE);
        TrainingState kept = state(adapter(0));
        TrainingState again = state(adapter(0))) {
      Step.Report report = step(kept);
      Step.Report same = step(thrifty, CONFIG, again);
      assertThat(same.norm()).isEqualTo(report.norm());
      assertThat(values(again)).usingRecursiveComparison().isEqualTo(values(kept));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"q_proj", "v_proj", "o_proj", "up_proj", "down_proj"})
  void aLinearAdaptedAloneHasTheGradientItHasAmongOthers(String linear) {
    LoraSpec alone = new LoraSpec(3, 6, List.of(linear));
    LoraSpec all = new LoraSpec(3, 6, TinyModel.LINEARS);
    try (TrainingState one = TrainingState.initial(decoder.config(), alone, 4);
        TrainingState among = state(sameButOnlyOne(all, linear, one.adapter()))) {
      gradients(alone, one);
      gradients(all, among);
      List<float[]> expected = new ArrayList<>();
      for (int i = 0; i < among.adapter().slots().size(); i++) {
        if (among.adapter().slots().get(i).path().endsWith(linear)) {
          expected.add(among.firstMoments().tensors().get(i).floats());
        }
      }
      for (int i = 0; i < expected.size(); i++) {
        assertThat(one.firstMoments().tensors().get(i).floats())
            .containsExactly(expected.get(i), within(1e-6f));
      }
    }
  }

  @Test
  void aBaseInBf16GivesNearlyTheSameStep() throws Exception {
    EngineOptions half = new EngineOptions(1, 90, Precision.BF16);
    try (Decoder other = Decoder.open(HfFolder.open(folder), half);
        AnchorStates holds = new AnchorStates(other, Anchors.of(Configs.anchors(3)), 3);
        TrainingState wide = state(adapter(0));
        TrainingState narrow = state(adapter(0))) {
      Step.Report expected = step(wide);
      Step.Report report =
          new Step(program, other.weights(), CONFIG)
              .run(narrow, items, holds.of(new int[] {0, 1, 2}, 0), new StepContext(1, RATE));
      assertThat(report.loss()).isCloseTo(expected.loss(), withinPercentage(1));
      assertThat(report.norm()).isCloseTo(expected.norm(), withinPercentage(5));
    }
  }

  @Test
  void updateIsAdamwOnTheClippedGradient() {
    List<float[]> gradient = gradient();
    double norm = Math.sqrt(Slope.dot(gradient, gradient));
    assertThat(norm).as("clipping is at work").isGreaterThan(CONFIG.maxGradNorm());
    try (TrainingState state = state(adapter(0))) {
      List<float[]> before = values(state);
      step(state);
      List<float[]> after = values(state);
      for (int i = 0; i < before.size(); i++) {
        for (int j = 0; j < before.get(i).length; j++) {
          double g = gradient.get(i)[j] / norm * CONFIG.maxGradNorm();
          double decayed = before.get(i)[j] * (1 - RATE * CONFIG.weightDecay());
          double expected = decayed - RATE * g / (Math.abs(g) + 1e-8);
          assertThat((double) after.get(i)[j]).isCloseTo(expected, within(1e-6 + 1e-4 * RATE));
        }
      }
    }
  }

  @Test
  void aBrokenBatchChangesNothing() {
    try (TrainingState state = state(adapter(0))) {
      List<float[]> before = values(state);
      TrainingItem broken = new TrainingItem("x", items.get(0).tokens(), Float.MAX_VALUE);
      Step.Report report =
          new Step(program, decoder.weights(), CONFIG)
              .run(state, List.of(broken), hold(), new StepContext(1, RATE));
      assertThat(report.loss()).isInfinite();
      List<float[]> after = values(state);
      for (int i = 0; i < before.size(); i++) {
        assertThat(after.get(i)).isEqualTo(before.get(i));
      }
    }
  }

  /** After a first step the first moment is a tenth of the clipped gradient. */
  private static List<float[]> gradient() {
    try (TrainingState state = state(adapter(0))) {
      double scale = Math.max(1, step(state).norm() / CONFIG.maxGradNorm()) / (1 - 0.9);
      List<float[]> gradient = new ArrayList<>();
      state.firstMoments().tensors().forEach(m -> gradient.add(m.floats()));
      gradient.forEach(g -> scale(g, scale));
      return gradient;
    }
  }

  private static double loss(List<float[]> along, double distance) {
    List<float[]> moved = new ArrayList<>();
    try (LoraWeights start = adapter(0)) {
      for (int i = 0; i < along.size(); i++) {
        float[] values = start.tensors().tensors().get(i).floats();
        for (int j = 0; j < values.length; j++) {
          values[j] += (float) (distance * along.get(i)[j]);
        }
        moved.add(values);
      }
    }
    try (TrainingState state = state(LoraWeights.of(decoder.config(), SPEC, moved))) {
      Step.Report report = step(state);
      return report.loss() + COEFFICIENT * report.kl();
    }
  }

  /** Leaves a tenth of the gradient, unclipped, as first moments. */
  private static void gradients(LoraSpec spec, TrainingState state) {
    FineTuneConfig unclipped = Configs.of(spec, CONFIG.anchors(), 1e9);
    try (ScriptModule own = program(spec, Memory.KEEP)) {
      step(own, unclipped, state);
    }
  }

  /** An adapter of all linears whose values are those of {@code one} there, and A elsewhere. */
  private static LoraWeights sameButOnlyOne(LoraSpec all, String linear, LoraWeights one) {
    List<float[]> values = new ArrayList<>();
    int next = 0;
    try (LoraWeights fresh = LoraWeights.initial(decoder.config(), all, 8)) {
      for (int i = 0; i < fresh.slots().size(); i++) {
        boolean here = fresh.slots().get(i).path().endsWith(linear);
        NativeTensor tensor =
            here ? one.tensors().tensors().get(next++) : fresh.tensors().tensors().get(i);
        values.add(tensor.floats());
      }
    }
    return LoraWeights.of(decoder.config(), all, values);
  }

  private static ScriptModule program(LoraSpec spec, Memory memory) {
    DecoderText text = new DecoderText(decoder.config(), spec.text(decoder.config()));
    return ScriptModule.load(TorchScriptArchive.of(StepText.of(text, memory, 0)));
  }

  private static Step.Report step(TrainingState state) {
    return step(program, CONFIG, state);
  }

  private static Step.Report step(
      ScriptModule program, FineTuneConfig config, TrainingState state) {
    return new Step(program, decoder.weights(), config)
        .run(state, items, hold(), new StepContext(1, RATE));
  }

  private static AnchorBatch hold() {
    return anchors.of(new int[] {0, 1, 2}, 0);
  }

  private static LoraWeights adapter(long seed) {
    return TinyModel.adapter(decoder.config(), SPEC, seed);
  }

  private static TrainingState state(LoraWeights adapter) {
    return TrainingState.fresh(adapter, 1);
  }

  private static List<TokenSequence> sequences() {
    return items.stream().map(TrainingItem::tokens).toList();
  }

  private static List<float[]> values(TrainingState state) {
    return floats(state.adapter().tensors());
  }

  private static List<float[]> floats(TensorList tensors) {
    return tensors.tensors().stream().map(NativeTensor::floats).toList();
  }

  private static void scale(float[] values, double factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= (float) factor;
    }
  }

  private static double divergence(double[] base, double[] adapted) {
    double baseTotal = Arrays.stream(base).map(Math::exp).sum();
    double adaptedTotal = Arrays.stream(adapted).map(Math::exp).sum();
    double sum = 0;
    for (int i = 0; i < base.length; i++) {
      double p = Math.exp(base[i]) / baseTotal;
      sum += p * (base[i] - Math.log(baseTotal) - adapted[i] + Math.log(adaptedTotal));
    }
    return sum;
  }
}
