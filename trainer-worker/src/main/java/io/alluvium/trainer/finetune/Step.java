package io.alluvium.trainer.finetune;

import ai.djl.pytorch.jni.NativeTensor;
import ai.djl.pytorch.jni.ScriptModule;
import io.alluvium.trainer.base.SupervisedTokens;
import io.alluvium.trainer.base.program.DecoderWeights;
import io.alluvium.trainer.base.program.Packing;
import io.alluvium.trainer.base.text.TokenSequence;
import io.alluvium.trainer.dataset.TrainingItem;
import java.util.ArrayList;
import java.util.List;

/** One optimiser step: packs a batch and its anchors, and makes the native call. */
final class Step {
  private final ScriptModule program;
  private final DecoderWeights base;
  private final FineTuneConfig config;

  /**
   * What a step reports, measured before its update.
   *
   * @param losses mean nats per response token, per item
   * @param loss weighted loss of the batch
   * @param kl KL(base ‖ adapter) on the anchors, nats per position
   * @param norm global norm of the gradients, before clipping
   */
  @SuppressWarnings("ArrayRecordComponent") // one value per item, read at once
  record Report(float[] losses, float loss, float kl, float norm) {}

  /**
   * The anchors of a step.
   *
   * @param inputs their tokens but the last
   * @param states the base's last hidden states on them, positions x hidden each
   */
  record Hold(List<int[]> inputs, List<NativeTensor> states) {}

  Step(ScriptModule program, DecoderWeights base, FineTuneConfig config) {
    this.program = program;
    this.base = base;
    this.config = config;
  }

  /** Runs it; changes the state's tensors. */
  Report run(TrainingState state, List<TrainingItem> batch, Hold hold, Moment moment) {
    List<TokenSequence> sequences = batch.stream().map(TrainingItem::tokens).toList();
    List<int[]> inputs = new ArrayList<>(sequences.stream().map(SupervisedTokens::inputs).toList());
    inputs.addAll(hold.inputs());
    Packing packing = Packing.of(inputs);
    SupervisedTokens supervised = SupervisedTokens.of(sequences, packing);
    long[] anchored = positions(packing, batch.size(), hold.inputs());
    try (NativeTensor ids = NativeTensor.of(packing.ids(), packing.shape());
        NativeTensor at = NativeTensor.of(packing.positions(), packing.shape());
        NativeTensor owners = NativeTensor.of(packing.owners(), packing.shape());
        NativeTensor selected = NativeTensor.of(supervised.selected(), supervised.size());
        NativeTensor targets = NativeTensor.of(supervised.targets(), supervised.size());
        NativeTensor sequence = NativeTensor.of(supervised.sequences(), supervised.size());
        NativeTensor weights = NativeTensor.of(weights(batch), batch.size());
        NativeTensor anchors = NativeTensor.of(anchored, anchored.length)) {
      return report(
          sequences,
          base.call(program, "step", state.adapter().tensors(), config.lora().scale())
              .with(state.adapter().trained())
              .with(ids)
              .with(at)
              .with(owners)
              .with(selected)
              .with(targets)
              .with(sequence)
              .with(weights)
              .with(anchors)
              .with(hold.states())
              .with(state.firstMoments())
              .with(state.secondMoments())
              .with(moment.number())
              .with(moment.learningRate())
              .with(config.weightDecay())
              .with(config.maxGradNorm())
              .with(config.anchors().coefficient())
              .run());
    }
  }

  /**
   * Where in training a step stands.
   *
   * @param number 1 for the adapter's first step ever
   * @param learningRate of this step
   */
  record Moment(long number, double learningRate) {}

  private static Report report(List<TokenSequence> sequences, List<NativeTensor> result) {
    try (NativeTensor sums = result.get(0);
        NativeTensor totals = result.get(1)) {
      float[] losses = sums.floats();
      for (int n = 0; n < losses.length; n++) {
        losses[n] /= sequences.get(n).responseTokens();
      }
      float[] total = totals.floats();
      return new Report(losses, total[0], total[1], total[2]);
    }
  }

  private static float[] weights(List<TrainingItem> batch) {
    float[] weights = new float[batch.size()];
    for (int n = 0; n < weights.length; n++) {
      weights[n] = batch.get(n).weight();
    }
    return weights;
  }

  /** Flat indices of all anchor positions, anchor by anchor. */
  private static long[] positions(Packing packing, int first, List<int[]> anchors) {
    long[] positions = new long[anchors.stream().mapToInt(a -> a.length).sum()];
    int at = 0;
    for (int n = 0; n < anchors.size(); n++) {
      int length = anchors.get(n).length;
      long begin = packing.begins()[first + n];
      for (int t = 0; t < length; t++) {
        positions[at++] = begin + t;
      }
    }
    return positions;
  }
}
