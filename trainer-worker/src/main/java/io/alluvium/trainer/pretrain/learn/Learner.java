package io.alluvium.trainer.pretrain.learn;

import ai.djl.pytorch.jni.NativeTensor;
import ai.djl.pytorch.jni.ScriptModule;
import ai.djl.pytorch.jni.TensorList;
import io.alluvium.trainer.base.folder.DecoderConfig;
import io.alluvium.trainer.base.folder.WeightSlot;
import io.alluvium.trainer.base.program.RopeTables;
import io.alluvium.trainer.base.program.TorchScriptArchive;
import io.alluvium.trainer.base.safetensors.FloatTensor;
import io.alluvium.trainer.pretrain.batch.PackedRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All weights of a decoder and their AdamW moments, moved one step at a time. Used from one thread,
 * the tensor thread.
 */
public final class Learner implements AutoCloseable {
  private final List<WeightSlot> slots;
  private final ScriptModule program;
  private final TensorList weights;
  private final TensorList first;
  private final TensorList second;
  private final TensorList steps;
  private final TensorList rope;

  private Learner(DecoderConfig config, List<float[]> values) {
    this.slots = WeightSlot.all(config);
    this.program = ScriptModule.load(TorchScriptArchive.of(FullTrainingText.of(config)));
    this.weights = tensors(values);
    this.first = zeros();
    this.second = zeros();
    this.steps = new TensorList(slots.stream().map(slot -> NativeTensor.of(new float[1])).toList());
    this.rope = RopeTables.of(config, config.maxPositions());
    close(program.method(FullTrainingText.TRAINABLE).with(weights).run());
  }

  /** Fresh weights; the same for the same seed. */
  public static Learner initial(DecoderConfig config, long seed) {
    return new Learner(config, InitialWeights.draw(config, seed));
  }

  /**
   * One optimiser step: forward, backward into every weight, global-norm clipping, AdamW.
   *
   * @return mean weighted loss of the batch before the step, nats per unit of weight
   */
  public double step(PackedRows batch, double learningRate) {
    List<NativeTensor> inputs = inputs(batch);
    List<NativeTensor> outputs = List.of();
    try {
      ScriptModule.Call call = program.method(FullTrainingText.STEP);
      call.with(weights).with(first).with(second).with(steps).with(rope);
      inputs.forEach(call::with);
      outputs = call.with(learningRate).run();
      return outputs.get(0).floats()[0];
    } finally {
      close(inputs);
      close(outputs);
    }
  }

  /** Copies of the present weights under their names in a Hugging Face folder. */
  public Map<String, FloatTensor> weights() {
    Map<String, FloatTensor> named = new LinkedHashMap<>();
    for (int i = 0; i < slots.size(); i++) {
      WeightSlot slot = slots.get(i);
      named.put(slot.name(), new FloatTensor(slot.shape(), weights.tensors().get(i).floats()));
    }
    return named;
  }

  @Override
  public void close() {
    weights.close();
    first.close();
    second.close();
    steps.close();
    rope.close();
    program.close();
  }

  private static List<NativeTensor> inputs(PackedRows batch) {
    long[] shape = {batch.rows(), batch.rowTokens()};
    return List.of(
        NativeTensor.of(batch.ids(), shape),
        NativeTensor.of(batch.positions(), shape),
        NativeTensor.of(batch.records(), shape),
        NativeTensor.of(batch.targets(), shape),
        NativeTensor.of(batch.weights(), shape));
  }

  private static void close(List<NativeTensor> tensors) {
    tensors.forEach(NativeTensor::close);
  }

  private TensorList zeros() {
    return tensors(weights.tensors().stream().map(w -> new float[w.floats().length]).toList());
  }

  private TensorList tensors(List<float[]> values) {
    List<NativeTensor> tensors = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      long[] shape = slots.get(i).shape().stream().mapToLong(Long::longValue).toArray();
      tensors.add(NativeTensor.of(values.get(i), shape));
    }
    return new TensorList(tensors);
  }
}
