package io.alluvium.trainer.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.pytorch.jni.NativeTensor;
import ai.djl.pytorch.jni.ScriptModule;
import ai.djl.pytorch.jni.TensorList;
import io.alluvium.trainer.adapter.LoraSpec;
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
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.TinyModel;
import io.alluvium.trainer.program.device.TorchScriptArchive;
import io.alluvium.trainer.program.gradient.GradientText.Memory;
import io.alluvium.trainer.program.text.DecoderText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Optimiser steps against the whole of them in array operations. */
class ArrayStepTest {
  private static final double COEFFICIENT = 0.7;
  private static final double RATE = 1e-3;
  private static final long WEIGHTS = 2;
  private static final LoraSpec SPEC =
      new LoraSpec(3, 6, List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "down_proj"));
  private static final FineTuneConfig CONFIG =
      Configs.of(SPEC, new AnchorConfig(null, 0, 64, 3, COEFFICIENT));

  private final List<TrainingItem> items = Configs.items(5);
  private final List<int[]> held = Configs.anchors(3);

  @Test
  void twoStepsEqualThoseOfArrayOperations(@TempDir Path folder) throws Exception {
    TinyModel.write(folder, TinyModel.MISTRAL, WEIGHTS);
    try (Decoder decoder = Decoder.open(HfFolder.open(folder), new EngineOptions(1, 90));
        ScriptModule program = program(decoder);
        AnchorStates anchors = new AnchorStates(decoder, Anchors.of(held), held.size());
        TrainingState state =
            TrainingState.fresh(TinyModel.adapter(decoder.config(), SPEC, 0), 1)) {
      Step step = new Step(program, decoder.weights(), CONFIG);
      for (int number = 1; number <= 2; number++) {
        List<float[]> before = values(state);
        List<float[]> mean = floats(state.firstMoments());
        ArrayStep.Found found = oracle(decoder, state);
        double norm = Math.sqrt(Slope.dot(found.gradient(), found.gradient()));
        Step.Report report =
            step.run(
                state, items, anchors.of(new int[] {0, 1, 2}, 0), new StepContext(number, RATE));
        assertThat(report.loss()).isCloseTo(found.loss(), within(1e-5f));
        assertThat(report.kl()).isCloseTo(found.kl(), within(1e-5f));
        assertThat((double) report.norm()).isCloseTo(norm, withinPercentage(0.01));
        double clip = Math.min(1, CONFIG.maxGradNorm() / norm);
        for (int i = 0; i < mean.size(); i++) {
          scale(mean.get(i), 0.9);
          add(mean.get(i), found.gradient().get(i), 0.1 * clip);
        }
        assertSame(floats(state.firstMoments()), mean, 1e-6f);
        assertSame(values(state), adamw(before, state, number), 1e-6f);
      }
    }
  }

  private ArrayStep.Found oracle(Decoder decoder, TrainingState state) {
    try (ArrayStep oracle =
        new ArrayStep(
            decoder.config(), TinyModel.weights(TinyModel.MISTRAL, WEIGHTS), state.adapter())) {
      return oracle.run(items, held, COEFFICIENT);
    }
  }

  /** What AdamW's paper (Loshchilov and Hutter 2019) makes of values under a state's moments. */
  private static List<float[]> adamw(List<float[]> before, TrainingState state, int number) {
    List<float[]> after = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      float[] mean = state.firstMoments().tensors().get(i).floats();
      float[] square = state.secondMoments().tensors().get(i).floats();
      float[] values = before.get(i).clone();
      for (int j = 0; j < values.length; j++) {
        double length = Math.sqrt(square[j] / (1 - Math.pow(0.999, number))) + 1e-8;
        double direction = mean[j] / (1 - Math.pow(0.9, number)) / length;
        values[j] = (float) (values[j] * (1 - RATE * CONFIG.weightDecay()) - RATE * direction);
      }
      after.add(values);
    }
    return after;
  }

  private static void assertSame(List<float[]> found, List<float[]> expected, float within) {
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i)).containsExactly(expected.get(i), within(within));
    }
  }

  private static ScriptModule program(Decoder decoder) {
    DecoderText text = new DecoderText(decoder.config(), SPEC.text(decoder.config()));
    return ScriptModule.load(TorchScriptArchive.of(StepText.of(text, Memory.KEEP, 0)));
  }

  private static List<float[]> values(TrainingState state) {
    return floats(state.adapter().tensors());
  }

  private static List<float[]> floats(TensorList tensors) {
    return tensors.tensors().stream().map(NativeTensor::floats).toList();
  }

  private static void add(float[] values, float[] others, double factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (factor * others[i]);
    }
  }

  private static void scale(float[] values, double factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= (float) factor;
    }
  }
}
