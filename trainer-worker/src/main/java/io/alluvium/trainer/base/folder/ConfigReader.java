package io.alluvium.trainer.base.folder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads config.json and refuses what the decoder program would compute wrongly. */
final class ConfigReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> KNOWN = List.of("llama", "mistral");

  private final Path file;
  private final JsonNode json;

  private ConfigReader(Path file, JsonNode json) {
    this.file = file;
    this.json = json;
  }

  static DecoderConfig read(Path folder) throws IOException {
    Path file = folder.resolve("config.json");
    if (!Files.isRegularFile(file)) {
      throw new BadModelFolderException(
          file, "missing; name a Hugging Face model folder with config.json and *.safetensors");
    }
    try {
      return new ConfigReader(file, JSON.readTree(file.toFile())).config();
    } catch (JsonProcessingException e) {
      throw new BadModelFolderException(file, "not valid JSON (" + e.getOriginalMessage() + ")");
    } catch (IllegalArgumentException e) {
      throw new BadModelFolderException(file, String.valueOf(e.getMessage()));
    }
  }

  private DecoderConfig config() throws BadModelFolderException {
    requireKnownArchitecture();
    requirePlain();
    int hidden = integer("hidden_size");
    int heads = integer("num_attention_heads");
    return new DecoderConfig(
        integer("vocab_size"),
        hidden,
        integer("num_hidden_layers"),
        heads,
        integer("num_key_value_heads", heads),
        integer("head_dim", hidden / Math.max(1, heads)),
        integer("intermediate_size"),
        json.path("rms_norm_eps").asDouble(1e-6),
        ropeTheta(),
        maxPositions(),
        json.path("tie_word_embeddings").asBoolean(false),
        bos(),
        eos());
  }

  private void requireKnownArchitecture() throws BadModelFolderException {
    String type = json.path("model_type").asText("");
    if (!KNOWN.contains(type)) {
      String named = json.path("architectures").path(0).asText(type);
      throw bad(
          "architecture '"
              + named
              + "' (model_type '"
              + type
              + "') is not supported; known: "
              + KNOWN);
    }
  }

  private void requirePlain() throws BadModelFolderException {
    String activation = json.path("hidden_act").asText("silu");
    if (!activation.equals("silu")) {
      throw bad("hidden_act '" + activation + "' is not supported; known: [silu]");
    }
    for (String field : List.of("attention_bias", "mlp_bias")) {
      if (json.path(field).asBoolean(false)) {
        throw bad(field + " true is not supported; choose a model without biases");
      }
    }
    for (String field : List.of("rope_scaling", "rope_parameters")) {
      JsonNode rope = json.path(field);
      String type = rope.path("rope_type").asText(rope.path("type").asText("default"));
      if (!type.equals("default")) {
        throw bad(field + " of type '" + type + "' is not supported; known: [default]");
      }
    }
  }

  /**
   * Within its sliding window the model attends to everything, so that is how long a text may be.
   */
  private int maxPositions() {
    int positions = integer("max_position_embeddings", 2048);
    return Math.min(positions, integer("sliding_window", positions));
  }

  private double ropeTheta() {
    JsonNode theta = json.path("rope_theta");
    return theta.isNumber()
        ? theta.asDouble()
        : json.path("rope_parameters").path("rope_theta").asDouble(10_000.0);
  }

  private @Nullable Integer bos() {
    JsonNode bos = json.path("bos_token_id");
    return bos.isInt() ? bos.asInt() : null;
  }

  private List<Integer> eos() {
    JsonNode eos = json.path("eos_token_id");
    List<Integer> ids = new ArrayList<>();
    if (eos.isInt()) {
      ids.add(eos.asInt());
    }
    eos.forEach(id -> ids.add(id.asInt()));
    return ids;
  }

  private int integer(String field) throws BadModelFolderException {
    if (!json.path(field).isInt()) {
      throw bad("field " + field + " is missing or no integer");
    }
    return json.path(field).asInt();
  }

  private int integer(String field, int otherwise) {
    return json.path(field).isInt() ? json.path(field).asInt() : otherwise;
  }

  private BadModelFolderException bad(String what) {
    return new BadModelFolderException(file, what);
  }
}
