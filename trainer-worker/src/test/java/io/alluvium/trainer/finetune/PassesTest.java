package io.alluvium.trainer.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.pytorch.jni.NativeTensor;
import ai.djl.pytorch.jni.ScriptModule;
import ai.djl.pytorch.jni.TensorList;
import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.finetune.anchor.AnchorBatch;
import io.alluvium.trainer.finetune.anchor.AnchorStates;
import io.alluvium.trainer.finetune.anchor.Anchors;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.finetune.config.LoopConfig;
import io.alluvium.trainer.finetune.state.TrainingState;
import io.alluvium.trainer.finetune.step.Step;
import io.alluvium.trainer.finetune.step.StepContext;
import io.alluvium.trainer.finetune.step.StepText;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.TinyModel;
import io.alluvium.trainer.program.device.TorchScriptArchive;
import io.alluvium.trainer.program.gradient.GradientText.Memory;
import io.alluvium.trainer.program.text.DecoderText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch gone through in parts, and what is dropped in it. */
class PassesTest {
  private static final LoraSpec SPEC = new LoraSpec(3, 6, TinyModel.LINEARS);
  private static final AnchorConfig HELD = new AnchorConfig(null, 0, 64, 3, 0.7);
  private static final List<TrainingItem> ITEMS = Configs.items(9);

  @TempDir static Path folder;

  private static Decoder decoder;
  private static AnchorStates anchors;

  @BeforeAll
  static void open() throws Exception {
    TinyModel.write(folder, TinyModel.MISTRAL, 2);
    decoder = Decoder.open(HfFolder.open(folder), new EngineOptions(1, 90));
    anchors = new AnchorStates(decoder, Anchors.of(Configs.anchors(3)), 3);
  }

  @AfterAll
  static void close() {
    anchors.close();
    decoder.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 40, 90, 10_000})
  void theGradientsOfAllPassesAddUpToThatOfTheWholeBatch(int passTokens) {
    Taken whole = take(0, 0, Memory.KEEP, 0);
    Taken parts = take(passTokens, 0, Memory.KEEP, 0);
    assertThat(parts.report().losses()).containsExactly(whole.report().losses(), within(1e-5f));
    assertThat(parts.report().loss()).isCloseTo(whole.report().loss(), within(1e-5f));
    assertThat(parts.report().kl()).isCloseTo(whole.report().kl(), within(1e-6f));
    assertThat(parts.report().norm()).isCloseTo(whole.report().norm(), within(1e-5f));
    double norm = norm(whole.gradient());
    assertThat(norm(difference(parts.gradient(), whole.gradient()))).isLessThan(2e-6 * norm);
    assertThat(norm(difference(parts.adapter(), whole.adapter()))).isLessThan(1e-4);
  }

  @Test
  void aPassLargerThanTheBatchIsTheBatch() {
    Taken whole = take(0, 0, Memory.KEEP, 0);
    Taken part = take(10_000, 0, Memory.KEEP, 0);
    assertThat(norm(whole.gradient())).isCloseTo(norm(part.gradient()), within(1e-6));
  }

  @Test
  void measuringChangesNothing() {
    try (ScriptModule program = program(0, Memory.KEEP);
        TrainingState state = state(values())) {
      Step.Report report =
          new Step(program, decoder.weights(), config(0, 0))
              .run(state, ITEMS, AnchorBatch.NONE, new StepContext(1, 1e-2).measuring());
      assertThat(report.norm()).isPositive();
      assertThat(report.taken(Double.NEGATIVE_INFINITY)).isFalse();
      assertThat(floats(state.adapter())).usingRecursiveComparison().isEqualTo(values());
      assertThat(norm(Taken.moments(state))).isZero();
    }
  }

  @Test
  void whatIsDroppedDependsOnTheSeedAloneAndRecomputingDropsTheSame() {
    List<float[]> gradient = take(0, 0.4, Memory.KEEP, 5).gradient();
    List<float[]> again = take(0, 0.4, Memory.RECOMPUTE, 5).gradient();
    List<float[]> other = take(0, 0.4, Memory.KEEP, 6).gradient();
    assertThat(again).usingRecursiveComparison().isEqualTo(gradient);
    assertThat(norm(difference(other, gradient))).isGreaterThan(0.01 * norm(gradient));
  }

  @Test
  void theGradientUnderDropoutEqualsFiniteDifferences() {
    List<float[]> gradient = take(0, 0.4, Memory.KEEP, 5).gradient();
    double length = norm(gradient);
    double step = 1e-2 / length;
    double slope = (loss(gradient, step) - loss(gradient, -step)) / (2 * step) / length;
    assertThat(slope).isCloseTo(length, within(2e-3 * length));
  }

  @Test
  void theShareThatIsDroppedIsTheShareThatWasSaid() {
    int rows = 200;
    int columns = 160;
    float[] ones = new float[rows * columns];
    java.util.Arrays.fill(ones, 1);
    try (ScriptModule program = program(0.3, Memory.KEEP);
        NativeTensor x = NativeTensor.of(ones, rows, columns);
        NativeTensor seed = NativeTensor.of(new long[] {42})) {
      float[] left = drop(program, x, seed, 3);
      int dropped = 0;
      int both = 0;
      float[] elsewhere = drop(program, x, seed, 4);
      for (int n = 0; n < left.length; n++) {
        assertThat(left[n] == 0 || Math.abs(left[n] - 1 / 0.7f) < 1e-6).isTrue();
        dropped += left[n] == 0 ? 1 : 0;
        both += left[n] == 0 && elsewhere[n] == 0 ? 1 : 0;
      }
      assertThat(dropped / (double) left.length).isCloseTo(0.3, within(0.01));
      assertThat(both / (double) left.length).isCloseTo(0.09, within(0.01));
      assertThat(neighbours(left, columns, 1)).isCloseTo(0.09, within(0.01));
      assertThat(neighbours(left, columns, columns)).isCloseTo(0.09, within(0.01));
    }
  }

  @Test
  void piecesOfTheMlpDropWhatTheWholeWould() {
    int rows = 70_000;
    float[] ones = new float[2 * rows];
    java.util.Arrays.fill(ones, 1);
    try (ScriptModule program = program(0.3, Memory.KEEP);
        NativeTensor x = NativeTensor.of(ones, rows, 2);
        NativeTensor seed = NativeTensor.of(new long[] {42});
        TensorList pieces =
            new TensorList(
                program.method("dropped_in_pieces").with(x).with(List.of(seed)).with(3L).run())) {
      assertThat(pieces.tensors().get(1).floats()[0]).isGreaterThan(2);
      assertThat(pieces.tensors().get(0).floats()).isEqualTo(drop(program, x, seed, 3));
    }
  }

  /** Share of values that are dropped together with the one so many places further. */
  private static double neighbours(float[] values, int columns, int distance) {
    int both = 0;
    for (int n = 0; n + distance < values.length; n++) {
      both += values[n] == 0 && values[n + distance] == 0 ? 1 : 0;
    }
    return both / (double) (values.length - columns);
  }

  private static float[] drop(ScriptModule program, NativeTensor x, NativeTensor seed, long key) {
    List<NativeTensor> result =
        program.method("dropped").with(x).with(List.of(seed)).with(key).run();
    try (NativeTensor only = result.get(0)) {
      return only.floats();
    }
  }

  private static double loss(List<float[]> along, double distance) {
    List<float[]> moved = values();
    for (int n = 0; n < moved.size(); n++) {
      for (int i = 0; i < moved.get(n).length; i++) {
        moved.get(n)[i] += (float) (distance * along.get(n)[i]);
      }
    }
    Step.Report report = take(0, 0.4, Memory.KEEP, 5, moved).report();
    return report.loss() + HELD.coefficient() * report.kl();
  }

  /** A step and what it left. After a first step the first moment is a tenth of the gradient. */
  private record Taken(Step.Report report, List<float[]> gradient, List<float[]> adapter) {
    static List<float[]> moments(TrainingState state) {
      List<float[]> moments = new ArrayList<>();
      state.firstMoments().tensors().forEach(tensor -> moments.add(times(tensor.floats(), 10)));
      return moments;
    }

    private static float[] times(float[] values, float factor) {
      for (int n = 0; n < values.length; n++) {
        values[n] *= factor;
      }
      return values;
    }
  }

  private static Taken take(int passTokens, double dropout, Memory memory, long seed) {
    return take(passTokens, dropout, memory, seed, values());
  }

  private static Taken take(
      int passTokens, double dropout, Memory memory, long seed, List<float[]> values) {
    try (ScriptModule program = program(dropout, memory);
        TrainingState state = state(values)) {
      StepContext context = new StepContext(1, 1e-3, Double.POSITIVE_INFINITY, seed, 1);
      Step.Report report =
          new Step(program, decoder.weights(), config(passTokens, dropout))
              .run(state, ITEMS, anchors.of(new int[] {0, 1, 2}, 0), context);
      return new Taken(report, Taken.moments(state), floats(state.adapter()));
    }
  }

  private static FineTuneConfig config(int passTokens, double dropout) {
    return Configs.of(SPEC, HELD, 1e9, new LoopConfig(0, 0, passTokens, dropout, 10, 0.1));
  }

  private static ScriptModule program(double dropout, Memory memory) {
    DecoderText text = new DecoderText(decoder.config(), SPEC.text(decoder.config()));
    String reader =
        """
          def dropped(self: __torch__.M, x: Tensor, a: List[Tensor], k: int) -> List[Tensor]:
            return [self.drop(x, a, k)]

          def dropped_in_pieces(self: __torch__.M, x: Tensor, a: List[Tensor], k: int) -> List[Tensor]:
            out = annotate(List[Tensor], [])
            for n in range(self.pieces(x)):
              _0 = torch.append(out, self.drop(self.piece(x, n), self.of_piece(a, n), k))
            return [torch.cat(out), torch.full([1], float(self.pieces(x)), dtype=6)]

        """;
    String methods = StepText.of(text, memory, dropout);
    return ScriptModule.load(TorchScriptArchive.of(dropout == 0 ? methods : methods + reader));
  }

  private static TrainingState state(List<float[]> values) {
    return TrainingState.fresh(LoraWeights.of(decoder.config(), SPEC, values), 1);
  }

  private static List<float[]> values() {
    try (LoraWeights start = TinyModel.adapter(decoder.config(), SPEC, 0)) {
      return floats(start);
    }
  }

  private static List<float[]> floats(LoraWeights adapter) {
    return adapter.tensors().tensors().stream().map(NativeTensor::floats).toList();
  }

  private static List<float[]> difference(List<float[]> a, List<float[]> b) {
    List<float[]> difference = new ArrayList<>();
    for (int n = 0; n < a.size(); n++) {
      float[] values = a.get(n).clone();
      for (int i = 0; i < values.length; i++) {
        values[i] -= b.get(n)[i];
      }
      difference.add(values);
    }
    return difference;
  }

  private static double norm(List<float[]> values) {
    double sum = 0;
    for (float[] matrix : values) {
      for (float value : matrix) {
        sum += (double) value * value;
      }
    }
    return Math.sqrt(sum);
  }
}
