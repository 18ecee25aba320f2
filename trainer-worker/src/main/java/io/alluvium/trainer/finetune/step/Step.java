package io.alluvium.trainer.finetune.step;

import ai.djl.pytorch.jni.NativeTensor;
import ai.djl.pytorch.jni.ScriptModule;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.decoder.SupervisedTokens;
import io.alluvium.trainer.decoder.options.Seeds;
import io.alluvium.trainer.finetune.anchor.AnchorBatch;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.finetune.restraint.Restraints;
import io.alluvium.trainer.finetune.state.TrainingState;
import io.alluvium.trainer.program.packing.PackedTensors;
import io.alluvium.trainer.program.packing.Packing;
import io.alluvium.trainer.program.weights.DecoderWeights;
import java.util.ArrayList;
import java.util.List;

/**
 * One optimiser step: packs a batch and its anchors, and makes the native call; or several, of
 * which each adds its gradient to what the ones before it found, and the last one updates.
 */
public final class Step {
  private final ScriptModule program;
  private final DecoderWeights base;
  private final FineTuneConfig config;
  private final Beside beside;

  /**
   * What a step does beside learning.
   *
   * @param explored sums of the gradients of the decoder's pairs; none, or one for each tensor
   * @param restraints of the trained tensors
   */
  public record Beside(List<NativeTensor> explored, Restraints restraints) {
    /** Nothing. */
    public static final Beside NOTHING = new Beside(List.of(), Restraints.NONE);
  }

  /**
   * What a step reports, measured before its update.
   *
   * @param losses mean nats per response token, per item
   * @param loss weighted loss of the batch
   * @param kl KL(base ‖ adapter) on the anchors, nats per position
   * @param norm global norm of the gradients, before clipping
   * @param held mean KL of each anchor, nats per position
   */
  @SuppressWarnings("ArrayRecordComponent") // one value per item, read at once
  public record Report(float[] losses, float loss, float kl, float norm, float[] held) {

    /** Whether a step under this limit has changed anything. */
    public boolean taken(double lossLimit) {
      return finite() && loss <= lossLimit;
    }

    /** Whether all that was measured is a finite number. */
    public boolean finite() {
      return Float.isFinite(loss) && Float.isFinite(kl) && Float.isFinite(norm);
    }
  }

  /**
   * A way to make steps.
   *
   * @param program what {@link StepText} says, compiled; it outlives this
   * @param base frozen weights; they outlive this
   */
  public Step(ScriptModule program, DecoderWeights base, FineTuneConfig config) {
    this(program, base, config, Beside.NOTHING);
  }

  /**
   * The same, which does more.
   *
   * @param beside what; it outlives this
   */
  public Step(ScriptModule program, DecoderWeights base, FineTuneConfig config, Beside beside) {
    this.program = program;
    this.base = base;
    this.config = config;
    this.beside = beside;
  }

  /** Runs one; changes the state's tensors if {@link Report#taken}. */
  public Report run(
      TrainingState state, List<TrainingItem> batch, AnchorBatch hold, StepContext context) {
    List<MicroBatch> passes = MicroBatch.of(batch, hold, config.loop().microBatchTokens());
    BatchTotals totals = new BatchTotals(responseTokens(batch), hold.positions(), passes.size());
    List<NativeTensor> results = new ArrayList<>();
    List<NativeTensor> sums = new ArrayList<>();
    List<NativeTensor> sofar = List.of();
    try {
      for (int n = 0; n < passes.size(); n++) {
        List<NativeTensor> result = call(state, passes.get(n), sofar, totals.at(n, context));
        results.addAll(result);
        sums.add(result.get(0));
        sofar = result.subList(1, result.size());
      }
      return report(passes, sums, sofar.get(0).floats());
    } finally {
      results.forEach(NativeTensor::close);
    }
  }

  /** What the passes of a batch have in common: what sums are divided by, and how many they are. */
  private record BatchTotals(int tokens, int held, int passes) {
    MicroBatchPosition at(int pass, StepContext context) {
      return new MicroBatchPosition(this, pass, context);
    }
  }

  /** Where a pass stands. */
  private record MicroBatchPosition(BatchTotals totals, int pass, StepContext context) {
    long seed() {
      return pass == 0 ? context.seed() : Seeds.mix(context.seed(), pass);
    }

    long last() {
      return pass == totals.passes() - 1 ? 1 : 0;
    }
  }

  private List<NativeTensor> call(
      TrainingState state, MicroBatch pass, List<NativeTensor> sofar, MicroBatchPosition position) {
    Packing packing = pass.packing();
    SupervisedTokens supervised = SupervisedTokens.of(pass.sequences(), packing);
    long[] anchored = pass.anchored(packing);
    try (PackedTensors tokens = base.packed(packing);
        NativeTensor selected = NativeTensor.of(supervised.selected(), supervised.size());
        NativeTensor targets = NativeTensor.of(supervised.targets(), supervised.size());
        NativeTensor sequence = NativeTensor.of(supervised.sequences(), supervised.size());
        NativeTensor weights = NativeTensor.of(pass.weights(), pass.items().size());
        NativeTensor anchors = NativeTensor.of(anchored, anchored.length)) {
      ScriptModule.Call call =
          tokens
              .to(
                  base.call(program, "step", state.adapter().tensors(), config.lora().scale())
                      .with(state.adapter().trained()))
              .with(selected)
              .with(targets)
              .with(sequence)
              .with(weights)
              .with(anchors)
              .with(pass.hold().states())
              .with(state.firstMoments())
              .with(state.secondMoments())
              .with(sofar)
              .with(beside.explored())
              .with(beside.restraints().at())
              .with(beside.restraints().stiff())
              .with(beside.restraints().free());
      return withNumbers(call, position).run();
    }
  }

  private ScriptModule.Call withNumbers(ScriptModule.Call call, MicroBatchPosition position) {
    return call.with(position.totals().tokens())
        .with(position.totals().held())
        .with(config.anchors().coefficient() * position.context().hold())
        .with(position.seed())
        .with(position.last())
        .with(position.context().number())
        .with(position.context().learningRate())
        .with(config.weightDecay())
        .with(config.maxGradNorm())
        .with(position.context().lossLimit());
  }

  /** What the passes told of their records and of their anchors, each in the batch's order. */
  private static Report report(List<MicroBatch> passes, List<NativeTensor> sums, float[] totals) {
    List<Float> losses = new ArrayList<>();
    List<Float> held = new ArrayList<>();
    for (int n = 0; n < passes.size(); n++) {
      float[] told = sums.get(n).floats();
      int at = 0;
      for (TrainingItem item : passes.get(n).items()) {
        losses.add(told[at++] / item.tokens().responseTokens());
      }
      for (int[] anchor : passes.get(n).hold().inputs()) {
        held.add(mean(told, at, anchor.length));
        at += anchor.length;
      }
    }
    return new Report(array(losses), totals[0], totals[1], totals[2], array(held));
  }

  private static float mean(float[] values, int from, int count) {
    double sum = 0;
    for (int n = from; n < from + count; n++) {
      sum += values[n];
    }
    return (float) (sum / count);
  }

  private static float[] array(List<Float> values) {
    float[] array = new float[values.size()];
    for (int n = 0; n < array.length; n++) {
      array[n] = values.get(n);
    }
    return array;
  }

  private static int responseTokens(List<TrainingItem> batch) {
    return batch.stream().mapToInt(item -> item.tokens().responseTokens()).sum();
  }
}
