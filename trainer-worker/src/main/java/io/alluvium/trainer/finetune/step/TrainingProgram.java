package io.alluvium.trainer.finetune.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.model.config.DecoderConfig;
import io.alluvium.trainer.model.folder.WeightSlot;
import io.alluvium.trainer.model.rotary.Rotary;
import io.alluvium.trainer.program.device.TorchScriptArchive;
import io.alluvium.trainer.program.text.DecoderText;
import io.alluvium.trainer.program.text.Kernels;
import io.alluvium.trainer.program.weights.Held;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The training program for use by others: a TorchScript archive with a note of what its methods
 * want, for {@code torch.jit.load(file, _extra_files={"alluvium.json": ""})}.
 *
 * <p>The note holds {@code config} (config.json as it is), {@code weights} and {@code adapters}
 * (names, shapes and order of the tensors), {@code scale}, and {@code frequencies} of the rotary
 * positions, radians per position, for the first half of a head.
 */
public final class TrainingProgram {
  /** Name of the note within the archive. */
  public static final String NOTE = "alluvium.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  private TrainingProgram() {}

  /**
   * Makes the archive; equal input gives equal bytes.
   *
   * @param base the decoder's shape
   * @param configJson what it was read from
   * @param config shape of adapters, recomputing and dropout
   */
  public static byte[] archive(DecoderConfig base, JsonNode configJson, FineTuneConfig config) {
    DecoderText text =
        new DecoderText(base, config.lora().text(base), Held.AS_MULTIPLIED, Kernels.ANY);
    String methods =
        StepText.of(text, config.memory(), config.loop().dropout(), config.chosen().tokens());
    try {
      String note = JSON.writeValueAsString(note(base, configJson, config));
      return TorchScriptArchive.of(methods, Map.of(NOTE, note));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("trees of JSON can be written", impossible);
    }
  }

  private static ObjectNode note(DecoderConfig base, JsonNode configJson, FineTuneConfig config) {
    ObjectNode note = JSON.createObjectNode();
    note.set("config", configJson);
    note.put("rank", config.rank()).put("alpha", config.alpha());
    note.put("scale", config.lora().scale());
    config.targetModules().forEach(note.putArray("targets")::add);
    ArrayNode weights = note.putArray("weights");
    for (WeightSlot slot : WeightSlot.all(base)) {
      ObjectNode weight = weights.addObject();
      weight.put("name", slot.name()).put("transposed", slot.transposed());
      slot.shape().forEach(weight.putArray("shape")::add);
    }
    ArrayNode adapters = note.putArray("adapters");
    for (LoraWeights.Slot slot : LoraWeights.slots(base, config.lora())) {
      ObjectNode adapter = adapters.addObject().put("name", slot.peftName());
      List.of(slot.rows(), slot.columns()).forEach(adapter.putArray("shape")::add);
    }
    frequencies(base, note.putArray("frequencies"));
    return note;
  }

  private static void frequencies(DecoderConfig base, ArrayNode frequencies) {
    for (Rotary.Rope rope : base.rotary().ropes().stream().limit(1).toList()) {
      Arrays.stream(rope.frequencies(base.rotaryWidth())).forEach(frequencies::add);
    }
  }
}
