package io.alluvium.trainer.model.folder;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.model.architecture.Architecture;
import io.alluvium.trainer.model.config.DecoderConfig;
import io.alluvium.trainer.model.rotary.Rotary;
import io.alluvium.trainer.model.safetensors.SafetensorsWriter;
import io.alluvium.trainer.model.tensor.Dtype;
import io.alluvium.trainer.model.tensor.FloatTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Model folders of any shape with random weights and a tokenizer of single characters. */
public final class TinyModel {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CHARACTERS = " abcdefghijklmnopqrstuvwxyz0123456789.,:;!?+-*/=()";

  /** Mistral-shaped: grouped queries, a head size of its own, an untied head, uneven sizes. */
  public static final DecoderConfig MISTRAL =
      new DecoderConfig(
          61,
          24,
          2,
          4,
          2,
          10,
          36,
          1e-5,
          Rotary.plain(50_000),
          96,
          false,
          1,
          List.of(2),
          Architecture.LLAMA);

  /** The demo base's shape: 1.28 M parameters. */
  public static final DecoderConfig DEMO =
      new DecoderConfig(
          100,
          160,
          4,
          5,
          5,
          32,
          448,
          1e-5,
          Rotary.plain(10_000),
          256,
          true,
          1,
          List.of(2),
          Architecture.LLAMA);

  /** The linears of a block of Llama's kind. */
  public static final List<String> LINEARS = MISTRAL.linears();

  private TinyModel() {}

  /** Writes a folder whose weights depend on the seed alone. */
  public static Path write(Path folder, DecoderConfig config, long seed) throws IOException {
    return write(folder, config, weights(config, seed), Dtype.F32);
  }

  /** Writes a folder of given weights. */
  public static Path write(
      Path folder, DecoderConfig config, Map<String, FloatTensor> weights, Dtype dtype)
      throws IOException {
    Files.createDirectories(folder);
    JSON.writeValue(folder.resolve("config.json").toFile(), configJson(config));
    writeTokenizer(folder);
    SafetensorsWriter.write(folder.resolve("model.safetensors"), weights, dtype);
    return folder;
  }

  /** Writes the tokenizer of single characters. */
  public static void writeTokenizer(Path folder) throws IOException {
    JSON.writeValue(folder.resolve("tokenizer.json").toFile(), tokenizerJson());
  }

  /** Random weights large enough to give distinct logits. */
  public static Map<String, FloatTensor> weights(DecoderConfig config, long seed) {
    Random random = new Random(seed);
    Map<String, FloatTensor> tensors = new HashMap<>();
    for (WeightSlot slot : WeightSlot.all(config)) {
      int elements =
          (int) slot.shape().stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
      float[] values = new float[elements];
      boolean vector = slot.shape().size() == 1;
      boolean norm = vector && !slot.name().endsWith(".bias");
      double spread = vector ? 0.2 : 1.2 / Math.sqrt(slot.shape().get(1));
      for (int i = 0; i < elements; i++) {
        values[i] = (float) ((norm ? 1 : 0) + spread * random.nextGaussian());
      }
      tensors.put(slot.name(), new FloatTensor(slot.shape(), values));
    }
    return tensors;
  }

  /** An adapter whose A and B are both random, as after training. */
  public static LoraWeights adapter(DecoderConfig config, LoraSpec spec, long seed) {
    Random random = new Random(seed);
    List<float[]> values = new ArrayList<>();
    for (LoraWeights.Slot slot : LoraWeights.slots(config, spec)) {
      float[] matrix = new float[(int) (slot.rows() * slot.columns())];
      for (int i = 0; i < matrix.length; i++) {
        matrix[i] = (float) (0.1 * random.nextGaussian());
      }
      values.add(matrix);
    }
    return LoraWeights.of(config, spec, values);
  }

  private static ObjectNode configJson(DecoderConfig config) {
    ObjectNode json = JSON.createObjectNode();
    json.putArray("architectures").add("MistralForCausalLM");
    json.put("model_type", "mistral").put("hidden_act", "silu").putNull("sliding_window");
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

  /** Puts the begin token before a text. */
  private static ObjectNode beginning() {
    ObjectNode processor = JSON.createObjectNode().put("type", "TemplateProcessing");
    for (String form : List.of("single", "pair")) {
      ObjectNode begin = processor.withArray(form).addObject().putObject("SpecialToken");
      begin.put("id", "<s>").put("type_id", 0);
      ObjectNode text = processor.withArray(form).addObject().putObject("Sequence");
      text.put("id", "A").put("type_id", 0);
    }
    ObjectNode second = processor.withArray("pair").addObject().putObject("Sequence");
    second.put("id", "B").put("type_id", 0);
    ObjectNode special = processor.putObject("special_tokens").putObject("<s>").put("id", "<s>");
    special.putArray("ids").add(1);
    special.putArray("tokens").add("<s>");
    return processor;
  }

  private static ObjectNode tokenizerJson() {
    ObjectNode json = JSON.createObjectNode();
    json.put("version", "1.0").putNull("truncation").putNull("padding").putNull("normalizer");
    for (int id = 0; id < 3; id++) {
      ObjectNode token = json.withArray("added_tokens").addObject();
      token.put("id", id).put("content", List.of("<unk>", "<s>", "</s>").get(id));
      token.put("single_word", false).put("lstrip", false).put("rstrip", false);
      token.put("normalized", false).put("special", true);
    }
    ObjectNode split = json.putObject("pre_tokenizer").put("type", "Split");
    split.putObject("pattern").put("Regex", ".|\\n");
    split.put("behavior", "Isolated").put("invert", false);
    json.set("post_processor", beginning());
    json.putObject("decoder").put("type", "Fuse");
    ObjectNode model = json.putObject("model").put("type", "WordLevel").put("unk_token", "<unk>");
    ObjectNode vocabulary = model.putObject("vocab").put("<unk>", 0).put("<s>", 1).put("</s>", 2);
    for (int i = 0; i < CHARACTERS.length(); i++) {
      vocabulary.put(String.valueOf(CHARACTERS.charAt(i)), 3 + i);
    }
    return json;
  }
}
