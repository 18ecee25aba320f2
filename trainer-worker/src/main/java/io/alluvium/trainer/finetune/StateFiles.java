package io.alluvium.trainer.finetune;

import ai.djl.pytorch.jni.NativeTensor;
import ai.djl.pytorch.jni.TensorList;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.trainer.base.folder.config.DecoderConfig;
import io.alluvium.trainer.base.lora.BadAdapterException;
import io.alluvium.trainer.base.lora.LoraWeights;
import io.alluvium.trainer.base.lora.PeftFolder;
import io.alluvium.trainer.base.safetensors.Dtype;
import io.alluvium.trainer.base.safetensors.FloatTensor;
import io.alluvium.trainer.base.safetensors.SafetensorsFile;
import io.alluvium.trainer.base.safetensors.SafetensorsWriter;
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
  private static final int VERSION = 1;

  private StateFiles() {}

  static void write(Path folder, TrainingState state) throws IOException {
    Map<String, FloatTensor> tensors = new TreeMap<>();
    put(tensors, state.adapter().slots(), "exp_avg", state.firstMoments());
    put(tensors, state.adapter().slots(), "exp_avg_sq", state.secondMoments());
    SafetensorsWriter.write(folder.resolve(MOMENTS), tensors, Dtype.F32);
    ObjectNode numbers = JSON.createObjectNode();
    numbers.put("version", VERSION).put("step", state.step()).put("lineage", state.lineage());
    Files.writeString(folder.resolve(NUMBERS), JSON.writeValueAsString(numbers) + "\n");
  }

  static TrainingState read(Path folder, DecoderConfig config) throws IOException {
    JsonNode numbers = numbers(folder.resolve(NUMBERS));
    if (!Files.isRegularFile(folder.resolve(MOMENTS))) {
      throw new BadAdapterException(folder.resolve(MOMENTS), "missing; training cannot go on");
    }
    SafetensorsFile file = SafetensorsFile.open(folder.resolve(MOMENTS));
    LoraWeights adapter = PeftFolder.read(folder, config);
    List<TensorList> moments =
        List.of(take(file, adapter.slots(), "exp_avg"), take(file, adapter.slots(), "exp_avg_sq"));
    return new TrainingState(
        adapter, moments, numbers.path("step").asLong(), numbers.path("lineage").asLong());
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
      float[] floats = values.tensors().get(i).floats();
      tensors.put(name(slot, moment), FloatTensor.of(floats, slot.rows(), slot.columns()));
    }
  }

  private static TensorList take(SafetensorsFile file, List<LoraWeights.Slot> slots, String moment)
      throws IOException {
    List<NativeTensor> tensors = new ArrayList<>();
    for (LoraWeights.Slot slot : slots) {
      float[] floats = file.floats(name(slot, moment));
      if (floats.length != slot.rows() * slot.columns()) {
        throw new BadAdapterException(
            file.path(), "tensor " + name(slot, moment) + " has another size");
      }
      tensors.add(NativeTensor.of(floats, slot.rows(), slot.columns()));
    }
    return new TensorList(tensors);
  }

  private static String name(LoraWeights.Slot slot, String moment) {
    return slot.path() + ".lora_" + slot.part() + "." + moment;
  }
}
