package io.alluvium.trainer.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.pytorch.jni.ScriptModule;
import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.finetune.anchor.AnchorStates;
import io.alluvium.trainer.finetune.anchor.Anchors;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.finetune.state.TrainingState;
import io.alluvium.trainer.finetune.step.Step;
import io.alluvium.trainer.finetune.step.StepContext;
import io.alluvium.trainer.finetune.step.StepText;
import io.alluvium.trainer.model.architecture.Architecture;
import io.alluvium.trainer.model.config.DecoderConfig;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.TinyArchitecture;
import io.alluvium.trainer.model.folder.TinyModel;
import io.alluvium.trainer.model.rotary.Rotary;
import io.alluvium.trainer.model.tensor.Dtype;
import io.alluvium.trainer.program.device.DataType;
import io.alluvium.trainer.program.device.EngineRuntime;
import io.alluvium.trainer.program.device.TorchScriptArchive;
import io.alluvium.trainer.program.gradient.GradientText.Memory;
import io.alluvium.trainer.program.text.DecoderText;
import io.alluvium.trainer.program.text.Kernels;
import io.alluvium.trainer.program.weights.DecoderWeights;
import io.alluvium.trainer.program.weights.Held;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The written-out gradient of every architecture, against the loss itself. */
class GradientTest {
  private static final double COEFFICIENT = 0.7;

  @TempDir Path folder;

  /** Not where tokens change their experts under way: there the loss jumps. */
  @ParameterizedTest
  @EnumSource(value = TinyArchitecture.class, names = "QWEN3_MOE", mode = Mode.EXCLUDE)
  void gradientEqualsFiniteDifferences(TinyArchitecture architecture) throws Exception {
    architecture.write(folder, Dtype.F32);
    try (Decoder decoder = Decoder.open(HfFolder.open(folder), new EngineOptions(1, 90));
        Probe probe = new Probe(decoder, Memory.KEEP)) {
      List<float[]> gradient = probe.gradient();
      assertSlopes(probe, gradient);
    }
  }

  /** The MLP of so wide a model goes over 256 rows at a time; the batch has more. */
  @Test
  void piecesOfTheMlpAddUp() throws Exception {
    DecoderConfig wide =
        new DecoderConfig(
            61,
            16,
            2,
            2,
            1,
            8,
            4096,
            1e-5,
            Rotary.plain(500),
            96,
            true,
            1,
            List.of(2),
            Architecture.LLAMA);
    TinyModel.write(folder, wide, 4);
    List<TrainingItem> many = Configs.items(40);
    assertThat(many.stream().mapToInt(item -> item.tokens().length()).sum()).isGreaterThan(512);
    try (Decoder decoder = Decoder.open(HfFolder.open(folder), new EngineOptions(1, 90));
        Probe kept = new Probe(decoder, Memory.KEEP, many);
        Probe again = new Probe(decoder, Memory.RECOMPUTE, many)) {
      List<float[]> gradient = kept.gradient();
      assertSlopes(kept, gradient);
      assertThat(again.gradient()).usingRecursiveComparison().isEqualTo(gradient);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TinyArchitecture.class,
      names = {
        "LLAMA",
        "QWEN3",
        "QWEN3_MOE",
        "GEMMA2_FULL",
        "GEMMA3",
        "SMOLLM3",
        "PHI3_PART",
        "PHI3_LONG"
      })
  void kernelsThatEveryDeviceHasGiveTheSame(TinyArchitecture architecture) throws Exception {
    architecture.write(folder, Dtype.F32);
    try (Decoder decoder = Decoder.open(HfFolder.open(folder), new EngineOptions(1, 90));
        Probe here = new Probe(decoder, Kernels.CPU);
        Probe anywhere = new Probe(decoder, Kernels.ANY)) {
      assertThat(apart(here.gradient(), anywhere.gradient())).isLessThan(1e-4);
    }
  }

  /** In bf16 their attention is in bf16, too; that of the CPU is not. */
  @ParameterizedTest
  @EnumSource(
      value = TinyArchitecture.class,
      names = {"LLAMA", "QWEN2_WINDOW", "GEMMA2"})
  void theyDoInHalfPrecision(TinyArchitecture architecture) throws Exception {
    architecture.write(folder, Dtype.BF16);
    EngineRuntime.start(1);
    HfFolder model = HfFolder.open(folder);
    try (Decoder decoder =
            Decoder.of(DecoderWeights.open(model, 90, DataType.BF16, Held.AS_MULTIPLIED));
        Probe here = new Probe(decoder, Kernels.CPU);
        Probe anywhere = new Probe(decoder, Kernels.ANY)) {
      assertThat(apart(here.gradient(), anywhere.gradient())).isLessThan(0.05);
    }
  }

  /** As a share of the first. */
  private static double apart(List<float[]> gradient, List<float[]> other) {
    double square = Slope.dot(gradient, gradient);
    double apart = square - 2 * Slope.dot(gradient, other) + Slope.dot(other, other);
    return Math.sqrt(Math.max(0, apart) / square);
  }

  /** Along the gradient itself and along a random direction. */
  private static void assertSlopes(Probe probe, List<float[]> gradient) {
    double norm = Math.sqrt(Slope.dot(gradient, gradient));
    for (int direction = 0; direction < 2; direction++) {
      List<float[]> along = direction == 0 ? gradient : Slope.random(gradient, direction);
      double length = Math.sqrt(Slope.dot(along, along));
      assertThat(slope(probe, along, 1e-2 / length) / length)
          .as("direction %d of a gradient of %g", direction, norm)
          .isCloseTo(Slope.dot(gradient, along) / length, within(2e-3 * norm));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TinyArchitecture.class,
      names = {"LLAMA", "QWEN3", "MIXTRAL", "GEMMA2", "GEMMA3", "PHI3", "GPT2"})
  void recomputingChangesNoBit(TinyArchitecture architecture) throws Exception {
    architecture.write(folder, Dtype.F32);
    try (Decoder decoder = Decoder.open(HfFolder.open(folder), new EngineOptions(1, 90));
        Probe kept = new Probe(decoder, Memory.KEEP);
        Probe again = new Probe(decoder, Memory.RECOMPUTE)) {
      assertThat(again.gradient()).usingRecursiveComparison().isEqualTo(kept.gradient());
    }
  }

  /** Differences of fourth order, since single precision wants wide steps. */
  private static double slope(Probe probe, List<float[]> along, double step) {
    double near = probe.loss(along, step) - probe.loss(along, -step);
    double far = probe.loss(along, 2 * step) - probe.loss(along, -2 * step);
    return (8 * near - far) / (12 * step);
  }

  /** One step's loss and gradient as functions of the adapter. */
  private static final class Probe implements AutoCloseable {
    private final Decoder decoder;
    private final LoraSpec spec;
    private final FineTuneConfig config;
    private final ScriptModule program;
    private final AnchorStates anchors;
    private final List<TrainingItem> items;

    Probe(Decoder decoder, Memory memory) {
      this(decoder, memory, Configs.items(5));
    }

    Probe(Decoder decoder, Kernels kernels) {
      this(decoder, Memory.KEEP, Configs.items(5), kernels);
    }

    Probe(Decoder decoder, Memory memory, List<TrainingItem> items) {
      this(decoder, memory, items, Kernels.CPU);
    }

    private Probe(Decoder decoder, Memory memory, List<TrainingItem> items, Kernels kernels) {
      this.decoder = decoder;
      this.items = items;
      this.spec = new LoraSpec(3, 6, decoder.config().linears());
      this.config = Configs.of(spec, new AnchorConfig(null, 0, 64, 3, COEFFICIENT), 1e9);
      DecoderText text =
          new DecoderText(
              decoder.config(), spec.text(decoder.config()), Held.AS_MULTIPLIED, kernels);
      this.program = ScriptModule.load(TorchScriptArchive.of(StepText.of(text, memory, 0)));
      this.anchors = new AnchorStates(decoder, Anchors.of(Configs.anchors(3)), 3);
    }

    /** After a first step the first moment is a tenth of the gradient. */
    List<float[]> gradient() {
      try (TrainingState state = state(values())) {
        step(state);
        List<float[]> gradient = new ArrayList<>();
        for (int n = 0; n < state.firstMoments().size(); n++) {
          float[] moment = state.firstMoments().tensors().get(n).floats();
          for (int i = 0; i < moment.length; i++) {
            moment[i] *= 10;
          }
          gradient.add(moment);
        }
        return gradient;
      }
    }

    double loss(List<float[]> along, double distance) {
      List<float[]> moved = values();
      for (int n = 0; n < moved.size(); n++) {
        for (int i = 0; i < moved.get(n).length; i++) {
          moved.get(n)[i] += (float) (distance * along.get(n)[i]);
        }
      }
      try (TrainingState state = state(moved)) {
        Step.Report report = step(state);
        return report.loss() + COEFFICIENT * report.kl();
      }
    }

    private Step.Report step(TrainingState state) {
      return new Step(program, decoder.weights(), config)
          .run(state, items, anchors.of(new int[] {0, 1, 2}, 0), new StepContext(1, 1e-3));
    }

    private List<float[]> values() {
      try (LoraWeights start = TinyModel.adapter(decoder.config(), spec, 5)) {
        List<float[]> values = new ArrayList<>();
        start.tensors().tensors().forEach(tensor -> values.add(tensor.floats()));
        return values;
      }
    }

    private TrainingState state(List<float[]> values) {
      return TrainingState.fresh(LoraWeights.of(decoder.config(), spec, values), 1);
    }

    @Override
    public void close() {
      anchors.close();
      program.close();
    }
  }
}
