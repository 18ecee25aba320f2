package io.alluvium.trainer.finetune.state;

import ai.djl.pytorch.jni.NativeTensor;
import ai.djl.pytorch.jni.TensorList;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.trainer.adapter.BadAdapterException;
import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.adapter.PeftFolder;
import io.alluvium.trainer.model.config.DecoderConfig;
import io.alluvium.trainer.model.safetensors.SafetensorsFile;
import io.alluvium.trainer.model.safetensors.SafetensorsWriter;
import io.alluvium.trainer.model.tensor.Dtype;
import io.alluvium.trainer.model.tensor.FloatTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The two files of a training state. */
final class StateFiles {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MOMENTS = "training_state.safetensors";
  private static final String NUMBERS = "training_state.json";
  private static final String LEARNER = "learner";
  private static final int VERSION = 1;

  private StateFiles() {}

  static void write(Path folder, TrainingState state) throws IOException {
    Map<String, FloatTensor> tensors = new TreeMap<>();
    LoraWeights adapter = state.adapter();
    put(tensors, adapter.trainedSlots(), "exp_avg", state.firstMoments());
    put(tensors, adapter.trainedSlots(), "exp_avg_sq", state.secondMoments());
    if (!adapter.spec().kind().publishedAsIs()) {
      put(tensors, adapter.slots(), "value", adapter.tensors());
    }
    TensorList learner = state.learner();
    if (learner != null) {
      put(tensors, adapter.trainedSlots(), LEARNER, learner);
    }
    SafetensorsWriter.write(folder.resolve(MOMENTS), tensors, Dtype.F32);
    ObjectNode numbers = JSON.createObjectNode();
    numbers.put("version", VERSION).put("step", state.step()).put("lineage", state.lineage());
    numbers.put("adapter", adapter.spec().describe());
    if (learner != null) {
      numbers.put(LEARNER, true);
    }
    Files.writeString(folder.resolve(NUMBERS), JSON.writeValueAsString(numbers) + "\n");
  }

  static TrainingState read(Path folder, DecoderConfig config, LoraSpec spec) throws IOException {
    JsonNode numbers = numbers(folder.resolve(NUMBERS));
    requireSame(folder.resolve(NUMBERS), numbers.path("adapter").asText("lora"), spec);
    if (!Files.isRegularFile(folder.resolve(MOMENTS))) {
      throw new BadAdapterException(folder.resolve(MOMENTS), "missing; training cannot go on");
    }
    SafetensorsFile file = SafetensorsFile.open(folder.resolve(MOMENTS));
    LoraWeights adapter = adapter(folder, file, config, spec);
    List<LoraWeights.Slot> slots = adapter.trainedSlots();
    List<TensorList> moments =
        List.of(tensors(file, slots, "exp_avg"), tensors(file, slots, "exp_avg_sq"));
    TrainingState state =
        new TrainingState(
            adapter, moments, numbers.path("step").asLong(), numbers.path("lineage").asLong());
    return numbers.path(LEARNER).asBoolean()
        ? state.learning(tensors(file, slots, LEARNER))
        : state;
  }

  /** The published tensors where they are the trained ones; otherwise those of the state. */
  private static LoraWeights adapter(
      Path folder, SafetensorsFile file, DecoderConfig config, LoraSpec spec) throws IOException {
    if (!spec.kind().publishedAsIs()) {
      return LoraWeights.of(config, spec, values(file, LoraWeights.slots(config, spec), "value"));
    }
    LoraWeights published = PeftFolder.read(folder, config);
    LoraSpec wanted = spec.published(config);
    if (!published.spec().equals(wanted)) {
      published.close();
      throw new BadAdapterException(folder, "holds " + published.spec() + ", want " + wanted);
    }
    return published.as(spec);
  }

  private static void requireSame(Path file, String written, LoraSpec spec)
      throws BadAdapterException {
    if (!written.equals(spec.describe())) {
      throw new BadAdapterException(
          file, "adapter is " + written + ", configuration says " + spec.describe());
    }
  }

  private static JsonNode numbers(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new BadAdapterException(file, "missing; training cannot go on");
    }
    try {
      JsonNode numbers = JSON.readTree(file.toFile());
      if (numbers.path("version").asInt() != VERSION) {
        throw new BadAdapterException(
            file, "version " + numbers.path("version") + " is unknown, want " + VERSION);
      }
      return numbers;
    } catch (JsonProcessingException e) {
      throw new BadAdapterException(file, "not valid JSON (" + e.getOriginalMessage() + ")");
    }
  }

  private static void put(
      Map<String, FloatTensor> tensors,
      List<LoraWeights.Slot> slots,
      String moment,
      TensorList values) {
    for (int i = 0; i < slots.size(); i++) {
      LoraWeights.Slot slot = slots.get(i);
      if (slot.part().elements() == 0) {
        continue;
      }
      float[] floats = values.tensors().get(i).floats();
      tensors.put(name(slot, moment), FloatTensor.of(floats, slot.rows(), slot.columns()));
    }
  }

  private static TensorList tensors(
      SafetensorsFile file, List<LoraWeights.Slot> slots, String moment) throws IOException {
    List<float[]> values = values(file, slots, moment);
    List<NativeTensor> tensors = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      tensors.add(NativeTensor.of(values.get(i), slots.get(i).rows(), slots.get(i).columns()));
    }
    return new TensorList(tensors);
  }

  private static List<float[]> values(
      SafetensorsFile file, List<LoraWeights.Slot> slots, String moment) throws IOException {
    List<float[]> values = new ArrayList<>();
    for (LoraWeights.Slot slot : slots) {
      int elements = slot.part().elements();
      float[] floats = elements == 0 ? new float[0] : file.floats(name(slot, moment));
      if (floats.length != elements) {
        throw new BadAdapterException(
            file.path(), "tensor " + name(slot, moment) + " has another size");
      }
      values.add(floats);
    }
    return values;
  }

  private static String name(LoraWeights.Slot slot, String moment) {
    return slot.path() + ".lora_" + slot.part().name() + "." + moment;
  }
}
