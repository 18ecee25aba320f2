package io.alluvium.trainer.base.folder.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.alluvium.trainer.base.folder.architecture.RopeScaling;

/** What config.json says of rotary positions, in its older form or its newer one. */
record RopeFields(ConfigFields fields) {

  double theta() {
    JsonNode inner = fields.node("rope_parameters").path("rope_theta");
    return fields.number("rope_theta", inner.asDouble(10_000.0));
  }

  RopeScaling scaling() throws BadModelFolderException {
    String field = fields.node("rope_scaling").isObject() ? "rope_scaling" : "rope_parameters";
    JsonNode rope = fields.node(field);
    String type = rope.path("rope_type").asText(rope.path("type").asText("default"));
    return switch (type) {
      case "default" -> new RopeScaling.None();
      case "linear" -> new RopeScaling.Linear(factor(field, "factor"));
      case "llama3" ->
          new RopeScaling.Llama3(
              factor(field, "factor"),
              factor(field, "low_freq_factor"),
              factor(field, "high_freq_factor"),
              factor(field, "original_max_position_embeddings"));
      default ->
          throw fields.bad(
              field + " of type '" + type + "' is not supported; known: [default, linear, llama3]");
    };
  }

  private double factor(String field, String name) throws BadModelFolderException {
    JsonNode value = fields.node(field).path(name);
    if (!value.isNumber() || !(value.asDouble() > 0)) {
      throw fields.bad(field + "." + name + " is " + value + ", want a positive number");
    }
    return value.asDouble();
  }
}
