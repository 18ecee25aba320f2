package io.alluvium.trainer.finetune;

import ai.djl.pytorch.jni.NativeTensor;
import ai.djl.pytorch.jni.ScriptModule;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.adapter.kind.Dora;
import io.alluvium.trainer.adapter.part.Linear;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.finetune.anchor.AnchorStates;
import io.alluvium.trainer.finetune.anchor.Anchors;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.finetune.state.TrainingState;
import io.alluvium.trainer.finetune.step.Step;
import io.alluvium.trainer.finetune.step.StepContext;
import io.alluvium.trainer.finetune.step.StepText;
import io.alluvium.trainer.model.folder.TinyModel;
import io.alluvium.trainer.model.tensor.FloatTensor;
import io.alluvium.trainer.program.device.TorchScriptArchive;
import io.alluvium.trainer.program.gradient.GradientText.Memory;
import io.alluvium.trainer.program.text.DecoderText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** One step's loss and gradient as functions of what is trained of an adapter. */
final class Slope implements AutoCloseable {
  private final Decoder decoder;
  private final FineTuneConfig config;
  private final ScriptModule program;
  private final AnchorStates anchors;
  private final List<TrainingItem> items = Configs.items(5);
  private final List<float[]> start = new ArrayList<>();

  /**
   * Starts where the kind starts, and a little aside in all that is trained.
   *
   * @param fresh closed here
   */
  Slope(Decoder decoder, FineTuneConfig config, TrainingState fresh) {
    this.decoder = decoder;
    this.config = config;
    DecoderText text = new DecoderText(decoder.config(), config.lora().text(decoder.config()));
    this.program = ScriptModule.load(TorchScriptArchive.of(StepText.of(text, Memory.KEEP, 0)));
    this.anchors = new AnchorStates(decoder, Anchors.of(Configs.anchors(3)), 3);
    try (fresh) {
      Random random = new Random(6);
      for (int n = 0; n < fresh.adapter().slots().size(); n++) {
        float[] values = fresh.adapter().tensors().tensors().get(n).floats();
        if (fresh.adapter().slots().get(n).part().trained()) {
          for (int i = 0; i < values.length; i++) {
            values[i] += (float) (0.1 * random.nextGaussian());
          }
        }
        start.add(values);
      }
    }
  }

  /** After a first step the first moment is a tenth of the gradient. */
  List<float[]> gradient() {
    try (TrainingState state = state(start)) {
      return gradientAt(state);
    }
  }

  /** The gradient at a state without moments. */
  List<float[]> gradientAt(TrainingState fresh) {
    try (TrainingState state = fresh.copyAfter(0, 0)) {
      step(state);
      List<float[]> gradient = new ArrayList<>();
      for (NativeTensor moment : state.firstMoments().tensors()) {
        float[] values = moment.floats();
        for (int i = 0; i < values.length; i++) {
          values[i] *= 10;
        }
        gradient.add(values);
      }
      return gradient;
    }
  }

  /** Differences of fourth order, since single precision wants wide steps. */
  double along(List<float[]> direction, double step) {
    double near = loss(direction, step) - loss(direction, -step);
    double far = loss(direction, 2 * step) - loss(direction, -2 * step);
    return (8 * near - far) / (12 * step);
  }

  static double dot(List<float[]> a, List<float[]> b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      for (int j = 0; j < a.get(i).length; j++) {
        sum += (double) a.get(i)[j] * b.get(i)[j];
      }
    }
    return sum;
  }

  static List<float[]> random(List<float[]> like, long seed) {
    Random random = new Random(seed);
    List<float[]> values = new ArrayList<>();
    for (float[] matrix : like) {
      float[] numbers = new float[matrix.length];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = (float) random.nextGaussian();
      }
      values.add(numbers);
    }
    return values;
  }

  @Override
  public void close() {
    anchors.close();
    program.close();
  }

  private double loss(List<float[]> direction, double distance) {
    List<LoraWeights.Slot> slots = LoraWeights.slots(decoder.config(), config.lora());
    List<float[]> moved = new ArrayList<>();
    int trained = 0;
    for (int n = 0; n < start.size(); n++) {
      float[] values = start.get(n).clone();
      if (slots.get(n).part().trained()) {
        float[] along = direction.get(trained++);
        for (int i = 0; i < values.length; i++) {
          values[i] += (float) (distance * along[i]);
        }
      }
      moved.add(values);
    }
    if (config.lora().kind() instanceof Dora) {
      keepLengths(moved);
    }
    try (TrainingState state = state(moved)) {
      Step.Report report = step(state);
      return report.loss() + config.anchors().coefficient() * report.kl();
    }
  }

  private Step.Report step(TrainingState state) {
    return new Step(program, decoder.weights(), config)
        .run(state, items, anchors.of(new int[] {0, 1, 2}, 0), new StepContext(1, 1e-3));
  }

  private TrainingState state(List<float[]> values) {
    return TrainingState.fresh(LoraWeights.of(decoder.config(), config.lora(), values), 1);
  }

  /**
   * DoRA's gradient takes the lengths that m is divided by for constants, so along a direction m
   * has to grow with them.
   */
  private void keepLengths(List<float[]> moved) {
    Map<String, FloatTensor> weights = TinyModel.weights(TinyModel.MISTRAL, 2);
    List<Linear> linears = config.lora().linears(decoder.config());
    for (int n = 0; n < linears.size(); n++) {
      Linear linear = linears.get(n);
      if (linear.adapted()) {
        float[] weight = Objects.requireNonNull(weights.get(linear.path() + ".weight")).values();
        double[] before = lengths(weight, start.subList(3 * n, 3 * n + 2), linear);
        double[] after = lengths(weight, moved.subList(3 * n, 3 * n + 2), linear);
        for (int row = 0; row < before.length; row++) {
          moved.get(3 * n + 2)[row] *= (float) (after[row] / before[row]);
        }
      }
    }
  }

  /** Lengths of the rows of W + s·B·A. */
  private double[] lengths(float[] weight, List<float[]> pair, Linear linear) {
    double scale = config.lora().scale(linear);
    int inputs = linear.inputs();
    double[] lengths = new double[linear.outputs()];
    for (int row = 0; row < lengths.length; row++) {
      for (int i = 0; i < inputs; i++) {
        double value = weight[row * inputs + i];
        for (int r = 0; r < linear.rank(); r++) {
          value += scale * pair.get(1)[row * linear.rank() + r] * pair.get(0)[r * inputs + i];
        }
        lengths[row] += value * value;
      }
      lengths[row] = Math.sqrt(lengths[row]);
    }
    return lengths;
  }
}
