package io.alluvium.trainer.bench.work;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.trainer.model.config.DecoderConfig;
import io.alluvium.trainer.model.folder.WeightSlot;
import io.alluvium.trainer.model.safetensors.SafetensorsWriter;
import io.alluvium.trainer.model.tensor.Dtype;
import io.alluvium.trainer.model.tensor.FloatTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Writes a model folder of random weights, in a process of its own because of what it allocates.
 */
public final class RandomBase {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RandomBase() {}

  /** Writes it unless it is there; whole or not at all. */
  public static void write(Path folder, DecoderConfig config, Dtype dtype) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path staged = folder.resolveSibling(folder.getFileName() + ".part");
    Files.createDirectories(staged);
    JSON.writeValue(staged.resolve("config.json").toFile(), json(config));
    Files.writeString(staged.resolve("tokenizer.json"), "{}");
    weights(staged.resolve("model.safetensors"), config, dtype);
    Files.move(staged, folder);
  }

  /** One tensor after the other, so that a base may be larger than the heap. */
  private static void weights(Path file, DecoderConfig config, Dtype dtype) throws IOException {
    Random random = new Random(3);
    List<SafetensorsWriter.Made> tensors =
        WeightSlot.all(config).stream()
            .map(
                slot ->
                    new SafetensorsWriter.Made(
                        slot.name(), slot.shape(), () -> tensor(slot, random)))
            .toList();
    SafetensorsWriter.write(file, tensors, dtype);
  }

  private static FloatTensor tensor(WeightSlot slot, Random random) {
    float[] values = new float[Math.toIntExact(slot.elements())];
    if (slot.shape().size() == 1) {
      Arrays.fill(values, 1);
    } else {
      float spread = (float) (3.4 / Math.sqrt(slot.shape().get(1)));
      for (int i = 0; i < values.length; i++) {
        values[i] = (random.nextFloat() - 0.5f) * spread;
      }
    }
    return new FloatTensor(slot.shape(), values);
  }

  private static ObjectNode json(DecoderConfig config) {
    ObjectNode json = JSON.createObjectNode();
    json.putArray("architectures").add("LlamaForCausalLM");
    json.put("model_type", "llama").put("hidden_act", "silu");
    json.put("vocab_size", config.vocabulary()).put("hidden_size", config.hidden());
    json.put("num_hidden_layers", config.layers()).put("num_attention_heads", config.heads());
    json.put("num_key_value_heads", config.keyValueHeads()).put("head_dim", config.headSize());
    json.put("intermediate_size", config.intermediate());
    json.put("rms_norm_eps", config.normEpsilon())
        .put("rope_theta", config.rotary().ropes().get(0).theta());
    json.put("max_position_embeddings", config.maxPositions());
    json.put("tie_word_embeddings", config.tiedHead());
    return json.put("bos_token_id", 1).put("eos_token_id", 2);
  }
}
