package io.alluvium.trainer.base.lora;

import ai.djl.pytorch.jni.NativeTensor;
import ai.djl.pytorch.jni.TensorList;
import io.alluvium.trainer.base.folder.config.DecoderConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The fp32 tensors of one adapter, in program order: per layer and target A (rank x inputs), then B
 * (outputs x rank). Owns native memory.
 */
public final class LoraWeights implements AutoCloseable {
  private final DecoderConfig base;
  private final LoraSpec spec;
  private final List<Slot> slots;
  private final TensorList tensors;

  /**
   * One tensor of an adapter.
   *
   * @param path path of the adapted linear, such as {@code model.layers.0.self_attn.q_proj}
   * @param part {@code A} or {@code B}
   * @param rows outputs of this matrix
   * @param columns inputs of this matrix
   */
  public record Slot(String path, String part, long rows, long columns) {
    /** The name PEFT gives the tensor in its file. */
    public String peftName() {
      return "base_model.model." + path + ".lora_" + part + ".weight";
    }
  }

  private LoraWeights(DecoderConfig base, LoraSpec spec, List<Slot> slots, TensorList tensors) {
    this.base = base;
    this.spec = spec;
    this.slots = slots;
    this.tensors = tensors;
  }

  /**
   * A fresh adapter that changes nothing: B zero, A uniform in ±1/√inputs as PEFT's Kaiming
   * initialisation has it, drawn in Java so that a seed means the same everywhere.
   */
  public static LoraWeights initial(DecoderConfig config, LoraSpec spec, long seed) {
    Random random = new Random(seed);
    List<float[]> values = new ArrayList<>();
    for (Slot slot : slots(config, spec)) {
      float[] matrix = new float[Math.toIntExact(slot.rows() * slot.columns())];
      if (slot.part().equals("A")) {
        fillUniform(matrix, 1 / Math.sqrt((double) slot.columns()), random);
      }
      values.add(matrix);
    }
    return of(config, spec, values);
  }

  /**
   * An adapter of given values.
   *
   * @param values one row-major matrix per slot of {@link #slots(DecoderConfig, LoraSpec)}
   */
  public static LoraWeights of(DecoderConfig config, LoraSpec spec, List<float[]> values) {
    List<Slot> slots = slots(config, spec);
    List<NativeTensor> tensors = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      tensors.add(NativeTensor.of(values.get(i), slots.get(i).rows(), slots.get(i).columns()));
    }
    return new LoraWeights(config, spec, slots, new TensorList(tensors));
  }

  /**
   * The tensors an adapter of this spec has, in program order.
   *
   * @throws IllegalArgumentException naming a target that the base lacks
   */
  public static List<Slot> slots(DecoderConfig config, LoraSpec spec) {
    for (String target : spec.targets()) {
      if (!config.linears().contains(target)) {
        throw new IllegalArgumentException(
            "target '" + target + "' is no linear of this base; it has " + config.linears());
      }
    }
    List<Slot> slots = new ArrayList<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      for (String target : spec.targets()) {
        String path = config.path(layer, target);
        slots.add(new Slot(path, "A", spec.rank(), config.inputs(target)));
        slots.add(new Slot(path, "B", config.outputs(target), spec.rank()));
      }
    }
    return List.copyOf(slots);
  }

  /** The shape of its base. */
  public DecoderConfig base() {
    return base;
  }

  /** What it adapts. */
  public LoraSpec spec() {
    return spec;
  }

  /** Its tensors' names and shapes, in program order. */
  public List<Slot> slots() {
    return slots;
  }

  /** Its tensors, in program order; they live as long as this adapter. */
  public TensorList tensors() {
    return tensors;
  }

  /** A second adapter with its own memory and the same values. */
  public LoraWeights copy() {
    return new LoraWeights(base, spec, slots, tensors.copy());
  }

  /** Whether it changes the model at all: some value of some B is not zero. */
  public boolean alive() {
    for (int i = 0; i < slots.size(); i++) {
      if (slots.get(i).part().equals("B") && anyNonZero(tensors.tensors().get(i).floats())) {
        return true;
      }
    }
    return false;
  }

  /** Whether all values are finite. */
  public boolean finite() {
    for (NativeTensor tensor : tensors.tensors()) {
      for (float value : tensor.floats()) {
        if (!Float.isFinite(value)) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public void close() {
    tensors.close();
  }

  private static void fillUniform(float[] matrix, double bound, Random random) {
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
  }

  private static boolean anyNonZero(float[] values) {
    for (float value : values) {
      if (value != 0) {
        return true;
      }
    }
    return false;
  }
}
