package io.alluvium.trainer.model.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.alluvium.trainer.model.check.BadModelFolderException;
import io.alluvium.trainer.model.check.ConfigFields;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What config.json says of single layers.
 *
 * @param fields of config.json
 * @param layers how many there are
 */
record LayerFields(ConfigFields fields, int layers) {
  private static final String TYPES = "layer_types";

  /**
   * By layer whether it has the window.
   *
   * @param otherwise where {@code layer_types} does not say so
   */
  List<Boolean> slides(IntPredicate otherwise) throws BadModelFolderException {
    if (!fields.has(TYPES)) {
      return IntStream.range(0, layers).mapToObj(otherwise::test).toList();
    }
    List<Boolean> slides = new ArrayList<>();
    for (JsonNode type : fields.node(TYPES)) {
      slides.add(
          switch (type.asText()) {
            case "sliding_attention" -> true;
            case "full_attention" -> false;
            default ->
                throw fields.bad(
                    "layer_types names " + type + "; known: [full_attention, sliding_attention]");
          });
    }
    requireCount(TYPES, slides.size());
    return slides;
  }

  /** SmolLM3: by layer whether its heads are turned; without a list, all but every so manieth. */
  List<Boolean> turned() throws BadModelFolderException {
    if (!fields.has("no_rope_layers")) {
      int interval = fields.integer("no_rope_layer_interval", 4);
      return IntStream.range(0, layers).mapToObj(layer -> (layer + 1) % interval != 0).toList();
    }
    List<Boolean> turned = new ArrayList<>();
    fields.node("no_rope_layers").forEach(flag -> turned.add(flag.asInt() != 0));
    requireCount("no_rope_layers", turned.size());
    return turned;
  }

  /**
   * The window in tokens; 0 where no layer has it.
   *
   * @param unsaid where the field is absent; null means none
   */
  int window(List<Boolean> slides, int unsaid) throws BadModelFolderException {
    if (!slides.contains(true)) {
      return 0;
    }
    int window = fields.names("sliding_window") ? fields.integer("sliding_window", 0) : unsaid;
    if (window < 1) {
      throw fields.bad("sliding_window is " + window + ", but layers have one: see layer_types");
    }
    return window;
  }

  private void requireCount(String field, int count) throws BadModelFolderException {
    if (count != layers) {
      throw fields.bad(field + " names " + count + " layers, num_hidden_layers is " + layers);
    }
  }
}
