package io.alluvium.trainer.model.config;

import io.alluvium.trainer.model.check.BadModelFolderException;
import io.alluvium.trainer.model.check.ConfigFields;
import io.alluvium.trainer.model.check.FieldTable;
import io.alluvium.trainer.model.rotary.Rotary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads config.json and refuses what the decoder program would compute wrongly. */
public final class ConfigReader {
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
      return new ConfigReader(ConfigFields.read(file)).config();
    } catch (IllegalArgumentException e) {
      throw new BadModelFolderException(file, String.valueOf(e.getMessage()));
    }
  }

  private DecoderConfig config() throws BadModelFolderException {
    ModelType type = ModelType.of(fields);
    FieldTable.check(fields.file(), type.words(), fields.json());
    return type == ModelType.GPT2 ? learnedPositions(type) : rotary(type);
  }

  private DecoderConfig rotary(ModelType type) throws BadModelFolderException {
    int hidden = fields.integer("hidden_size");
    int heads = fields.integer("num_attention_heads");
    int layers = fields.integer("num_hidden_layers");
    int headSize = said("head_dim", type.unsaid().headSize(), hidden / Math.max(1, heads));
    int positions = fields.integer("max_position_embeddings", type.unsaid().maxPositions());
    LayerFields ofLayers = new LayerFields(fields, layers);
    return new DecoderConfig(
        fields.integer("vocab_size"),
        hidden,
        layers,
        heads,
        said("num_key_value_heads", type.unsaid().keyValueHeads(), heads),
        headSize,
        type == ModelType.QWEN3_MOE
            ? fields.integer("intermediate_size", 6144)
            : fields.integer("intermediate_size"),
        fields.number("rms_norm_eps", type.unsaid().normEpsilon()),
        type.rotary(new RopeFields(fields, type, positions, headSize), ofLayers),
        positions,
        fields.flag("tie_word_embeddings", type.tiedByDefault()),
        bos(),
        eos(),
        type.architecture(ofLayers));
  }

  private DecoderConfig learnedPositions(ModelType type) throws BadModelFolderException {
    int hidden = fields.integer("n_embd");
    int heads = fields.integer("n_head");
    int layers = fields.integer("n_layer");
    return new DecoderConfig(
        fields.integer("vocab_size"),
        hidden,
        layers,
        heads,
        heads,
        hidden / Math.max(1, heads),
        fields.integer("n_inner", 4 * hidden),
        fields.number("layer_norm_epsilon", type.unsaid().normEpsilon()),
        Rotary.NONE,
        fields.integer("n_positions", type.unsaid().maxPositions()),
        fields.flag("tie_word_embeddings", type.tiedByDefault()),
        bos(),
        eos(),
        type.architecture(new LayerFields(fields, layers)));
  }

  /** Where the field is null the model derives it; where it is absent its class may know better. */
  private int said(String field, int unsaid, int derived) throws BadModelFolderException {
    return fields.integer(field, fields.names(field) || unsaid == 0 ? derived : unsaid);
  }

  private @Nullable Integer bos() throws BadModelFolderException {
    List<Integer> ids = fields.ids("bos_token_id");
    return ids.isEmpty() ? null : ids.get(0);
  }

  private List<Integer> eos() throws BadModelFolderException {
    return fields.ids("eos_token_id");
  }
}
