package io.alluvium.trainer.base.folder.config;

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
public final class ConfigReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ConfigFields fields;

  private ConfigReader(ConfigFields fields) {
    this.fields = fields;
  }

  /**
   * The shape that a folder's config.json describes.
   *
   * @throws BadModelFolderException naming the field, its value and what is known
   */
  public static DecoderConfig read(Path folder) throws IOException {
    Path file = folder.resolve("config.json");
    if (!Files.isRegularFile(file)) {
      throw new BadModelFolderException(
          file, "missing; name a Hugging Face model folder with config.json and *.safetensors");
    }
    try {
      return new ConfigReader(new ConfigFields(file, JSON.readTree(file.toFile()))).config();
    } catch (JsonProcessingException e) {
      throw new BadModelFolderException(file, "not valid JSON (" + e.getOriginalMessage() + ")");
    } catch (IllegalArgumentException e) {
      throw new BadModelFolderException(file, String.valueOf(e.getMessage()));
    }
  }

  private DecoderConfig config() throws BadModelFolderException {
    ModelType type = ModelType.of(fields);
    return type == ModelType.GPT2 ? learnedPositions(type) : rotary(type);
  }

  private DecoderConfig rotary(ModelType type) throws BadModelFolderException {
    int hidden = fields.integer("hidden_size");
    int heads = fields.integer("num_attention_heads");
    return new DecoderConfig(
        fields.integer("vocab_size"),
        hidden,
        fields.integer("num_hidden_layers"),
        heads,
        fields.integer("num_key_value_heads", heads),
        fields.integer("head_dim", hidden / Math.max(1, heads)),
        fields.integer("intermediate_size"),
        fields.number("rms_norm_eps", 1e-6),
        new RopeFields(fields).theta(),
        fields.integer("max_position_embeddings", 2048),
        fields.flag("tie_word_embeddings", type.tiedByDefault()),
        bos(),
        eos(),
        type.architecture(fields));
  }

  private DecoderConfig learnedPositions(ModelType type) throws BadModelFolderException {
    int hidden = fields.integer("n_embd");
    int heads = fields.integer("n_head");
    return new DecoderConfig(
        fields.integer("vocab_size"),
        hidden,
        fields.integer("n_layer"),
        heads,
        heads,
        hidden / Math.max(1, heads),
        fields.integer("n_inner", 4 * hidden),
        fields.number("layer_norm_epsilon", 1e-5),
        /* ropeTheta= */ 1,
        fields.integer("n_positions", 1024),
        fields.flag("tie_word_embeddings", type.tiedByDefault()),
        bos(),
        eos(),
        type.architecture(fields));
  }

  private @Nullable Integer bos() {
    JsonNode bos = fields.node("bos_token_id");
    return bos.isInt() ? bos.asInt() : null;
  }

  private List<Integer> eos() {
    JsonNode eos = fields.node("eos_token_id");
    List<Integer> ids = new ArrayList<>();
    if (eos.isInt()) {
      ids.add(eos.asInt());
    }
    eos.forEach(id -> ids.add(id.asInt()));
    return ids;
  }
}
