package io.alluvium.trainer.adapter;

import ai.djl.pytorch.jni.NativeTensor;
import io.alluvium.trainer.model.config.DecoderConfig;
import io.alluvium.trainer.model.safetensors.SafetensorsFile;
import io.alluvium.trainer.model.safetensors.SafetensorsWriter;
import io.alluvium.trainer.model.tensor.Dtype;
import io.alluvium.trainer.model.tensor.FloatTensor;
import io.alluvium.trainer.model.tensor.TensorEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * An adapter as Hugging Face PEFT keeps it: {@code adapter_model.safetensors} and {@code
 * adapter_config.json}, with PEFT's tensor names. Equal adapters give equal bytes.
 */
public final class PeftFolder {
  private static final String WEIGHTS = "adapter_model.safetensors";
  private static final String CONFIG = "adapter_config.json";

  private PeftFolder() {}

  /**
   * Writes both files into an existing folder. Not atomic: write into a staging folder.
   *
   * @param baseName what PEFT users find as {@code base_model_name_or_path}
   */
  public static void write(Path folder, LoraWeights adapter, String baseName) throws IOException {
    LoraSpec published = adapter.publishedSpec();
    List<LoraWeights.Slot> slots = LoraWeights.slots(adapter.base(), published);
    List<float[]> values = adapter.published();
    Map<String, FloatTensor> tensors = new TreeMap<>();
    for (int i = 0; i < slots.size(); i++) {
      LoraWeights.Slot slot = slots.get(i);
      if (slot.part().elements() > 0) {
        tensors.put(slot.peftName(), new FloatTensor(slot.part().peftShape(), values.get(i)));
      }
    }
    SafetensorsWriter.write(folder.resolve(WEIGHTS), tensors, Dtype.F32);
    Files.writeString(folder.resolve(CONFIG), PeftConfig.json(published, adapter.base(), baseName));
  }

  /**
   * Reads an adapter of the given base.
   *
   * @throws BadAdapterException naming a tensor that is missing, superfluous or of another shape,
   *     or a setting that would be computed wrongly
   */
  public static LoraWeights read(Path folder, DecoderConfig base) throws IOException {
    LoraSpec spec = PeftConfig.read(requireFile(folder.resolve(CONFIG)), base);
    SafetensorsFile file = SafetensorsFile.open(requireFile(folder.resolve(WEIGHTS)));
    List<LoraWeights.Slot> slots = slots(folder, base, spec);
    requireSame(file, slots);
    List<float[]> values = new ArrayList<>();
    for (LoraWeights.Slot slot : slots) {
      boolean there = slot.part().elements() > 0;
      values.add(there ? file.floats(slot.peftName()) : new float[0]);
    }
    return LoraWeights.of(base, spec, values);
  }

  /**
   * Whether an adapter that was read back has the shape and, tensor for tensor and bit for bit, the
   * values that {@link #write} makes of another. Of a kind that is published as it is trained these
   * are the trained tensors themselves, so the two give the same losses and need not be measured
   * both.
   */
  public static boolean sameBytes(LoraWeights written, LoraWeights readBack) {
    List<float[]> values = written.published();
    List<NativeTensor> tensors = readBack.tensors().tensors();
    return written.publishedSpec().equals(readBack.spec())
        && values.size() == tensors.size()
        && IntStream.range(0, values.size())
            .allMatch(i -> sameBits(values.get(i), tensors.get(i).floats()));
  }

  /** Unlike numbers, bits tell 0 from -0, and NaN is what it is. */
  private static boolean sameBits(float[] one, float[] other) {
    return one.length == other.length
        && IntStream.range(0, one.length)
            .allMatch(i -> Float.floatToRawIntBits(one[i]) == Float.floatToRawIntBits(other[i]));
  }

  private static List<LoraWeights.Slot> slots(Path folder, DecoderConfig base, LoraSpec spec)
      throws BadAdapterException {
    try {
      return LoraWeights.slots(base, spec);
    } catch (IllegalArgumentException e) {
      throw new BadAdapterException(folder.resolve(CONFIG), String.valueOf(e.getMessage()));
    }
  }

  private static void requireSame(SafetensorsFile file, List<LoraWeights.Slot> slots)
      throws IOException {
    Set<String> extra = new HashSet<>(file.entries().keySet());
    for (LoraWeights.Slot slot : slots) {
      if (slot.part().elements() == 0) {
        continue;
      }
      if (!extra.remove(slot.peftName())) {
        throw new BadAdapterException(file.path(), "tensor " + slot.peftName() + " is missing");
      }
      TensorEntry entry = file.entry(slot.peftName());
      List<Long> shape = slot.part().peftShape();
      if (!entry.shape().equals(shape)) {
        throw new BadAdapterException(
            file.path(),
            "tensor " + slot.peftName() + " has shape " + entry.shape() + ", want " + shape);
      }
    }
    for (String name : extra) {
      throw new BadAdapterException(file.path(), "tensor " + name + " matches nothing in the base");
    }
  }

  private static Path requireFile(Path file) throws BadAdapterException {
    if (!Files.isRegularFile(file)) {
      throw new BadAdapterException(file, "missing; name a PEFT adapter folder");
    }
    return file;
  }
}
