package io.alluvium.trainer.pretrain.learn;

import ai.djl.pytorch.jni.NativeTensor;
import ai.djl.pytorch.jni.ScriptModule;
import ai.djl.pytorch.jni.TensorList;
import io.alluvium.trainer.model.config.DecoderConfig;
import io.alluvium.trainer.model.folder.WeightSlot;
import io.alluvium.trainer.model.tensor.FloatTensor;
import io.alluvium.trainer.pretrain.batch.PackedRows;
import io.alluvium.trainer.program.device.TorchScriptArchive;
import io.alluvium.trainer.program.packing.PackedTensors;
import io.alluvium.trainer.program.weights.RopeTables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All weights of a decoder and their AdamW moments, moved one step at a time. Used from one thread,
 * the tensor thread.
 */
public final class Learner implements AutoCloseable {
  private static final String FIRST = "first.";
  private static final String SECOND = "second.";

  private final List<WeightSlot> slots;
  private final ScriptModule program;
  private final TensorList rope;
  private final TensorList weights;
  private final TensorList first;
  private final TensorList second;
  private final TensorList steps;

  private Learner(DecoderConfig config, Checkpoint start) {
    this.slots = WeightSlot.all(config);
    this.program = ScriptModule.load(TorchScriptArchive.of(FullTrainingText.of(config)));
    this.rope = RopeTables.of(config, config.maxPositions());
    this.weights = tensors(start.values(names("")));
    this.first = tensors(start.values(names(FIRST)));
    this.second = tensors(start.values(names(SECOND)));
    this.steps = counters(start.step());
    close(program.method(FullTrainingText.TRAINABLE).with(weights).run());
  }

  /** Fresh weights; the same for the same seed. */
  public static Learner initial(DecoderConfig config, long seed) {
    List<WeightSlot> slots = WeightSlot.all(config);
    List<float[]> weights = InitialWeights.draw(config, seed);
    Map<String, FloatTensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < slots.size(); i++) {
      WeightSlot slot = slots.get(i);
      int size = weights.get(i).length;
      tensors.put(slot.name(), new FloatTensor(slot.shape(), weights.get(i)));
      tensors.put(FIRST + slot.name(), new FloatTensor(slot.shape(), new float[size]));
      tensors.put(SECOND + slot.name(), new FloatTensor(slot.shape(), new float[size]));
    }
    return new Learner(config, new Checkpoint(0, 0, tensors));
  }

  /** Goes on where {@code checkpoint} was taken, with the same results as without a stop. */
  public static Learner continued(DecoderConfig config, Checkpoint checkpoint) {
    return new Learner(config, checkpoint);
  }

  /**
   * One optimiser step: forward, backward into every weight, global-norm clipping, AdamW.
   *
   * @return mean weighted loss of the batch before the step, nats per unit of weight
   */
  public double step(PackedRows batch, double learningRate) {
    List<NativeTensor> inputs = inputs(batch);
    List<NativeTensor> places = PackedTensors.places(batch.buckets());
    List<NativeTensor> outputs = List.of();
    try {
      ScriptModule.Call call = program.method(FullTrainingText.STEP);
      call.with(weights).with(first).with(second).with(steps).with(rope);
      call.with(inputs.get(0)).with(inputs.get(1)).with(places);
      inputs.subList(2, inputs.size()).forEach(call::with);
      outputs = call.with(learningRate).run();
      return outputs.get(0).floats()[0];
    } finally {
      close(inputs);
      close(places);
      close(outputs);
    }
  }

  /** Copies of the present weights under their names in a Hugging Face folder. */
  public Map<String, FloatTensor> weights() {
    return named("", weights);
  }

  /** Copies of everything that the next step depends on. */
  public Checkpoint checkpoint(int step, double seconds) {
    Map<String, FloatTensor> tensors = weights();
    tensors.putAll(named(FIRST, first));
    tensors.putAll(named(SECOND, second));
    return new Checkpoint(step, seconds, tensors);
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
    long size = batch.ids().length;
    return List.of(
        NativeTensor.of(batch.ids(), size),
        NativeTensor.of(batch.positions(), size),
        NativeTensor.of(batch.targets(), size),
        NativeTensor.of(batch.weights(), size));
  }

  private static void close(List<NativeTensor> tensors) {
    tensors.forEach(NativeTensor::close);
  }

  private Map<String, FloatTensor> named(String prefix, TensorList tensors) {
    Map<String, FloatTensor> named = new LinkedHashMap<>();
    List<String> names = names(prefix);
    for (int i = 0; i < names.size(); i++) {
      float[] values = tensors.tensors().get(i).floats();
      named.put(names.get(i), new FloatTensor(slots.get(i).shape(), values));
    }
    return named;
  }

  private List<String> names(String prefix) {
    return slots.stream().map(slot -> prefix + slot.name()).toList();
  }

  private TensorList counters(int step) {
    return new TensorList(slots.stream().map(slot -> NativeTensor.of(new float[] {step})).toList());
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
