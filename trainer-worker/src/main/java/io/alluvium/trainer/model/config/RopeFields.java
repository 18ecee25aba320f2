package io.alluvium.trainer.model.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.alluvium.trainer.model.check.BadModelFolderException;
import io.alluvium.trainer.model.check.ConfigFields;
import io.alluvium.trainer.model.rotary.RopeScaling;
import io.alluvium.trainer.model.rotary.RopeScaling.Yarn.Ramp;
import io.alluvium.trainer.model.rotary.Rotary;
import io.alluvium.trainer.model.rotary.Rotary.Rope;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What config.json says of rotary positions, in its older form ({@code rope_theta}, {@code
 * rope_scaling}) or its newer one ({@code rope_parameters}, which goes before outer fields), with
 * the meaning that transformers 5 gives it.
 *
 * @param fields of config.json
 * @param type the architecture, for what is not said
 * @param maxPositions max_position_embeddings
 * @param headSize values of a head
 */
record RopeFields(ConfigFields fields, ModelType type, int maxPositions, int headSize) {
  private static final String NEW = "rope_parameters";
  private static final String OLD = "rope_scaling";

  /** Known members of the object; others are refused unless null. */
  private static final Set<String> MEMBERS =
      Set.of(
          "type",
          "rope_type",
          "rope_theta",
          "partial_rotary_factor",
          "factor",
          "low_freq_factor",
          "high_freq_factor",
          "original_max_position_embeddings",
          "attention_factor",
          "beta_fast",
          "beta_slow",
          "mscale",
          "mscale_all_dim",
          "truncate",
          "short_factor",
          "long_factor");

  /** One set of frequencies for all layers. */
  Rotary rotary() throws BadModelFolderException {
    ConfigFields rope = object();
    double share = rope.number("partial_rotary_factor", fields.number("partial_rotary_factor", 1));
    requireWhole(share);
    return new Rotary(share, List.of(rope(rope, outerTheta(), share)), List.of());
  }

  /** Gemma 3: layers with a window turn by frequencies of their own, without any stretching. */
  Rotary globalAndLocal(List<Boolean> slides) throws BadModelFolderException {
    requireWhole(fields.number("partial_rotary_factor", 1));
    double localTheta = fields.number("rope_local_base_freq", 10_000);
    ConfigFields parameters = fields.inner(NEW);
    boolean nested = parameters.has("full_attention") || parameters.has("sliding_attention");
    ConfigFields global = nested ? parameters.inner("full_attention") : object();
    ConfigFields local = parameters.inner("sliding_attention");
    if (nested && isObject(fields.inner(OLD))) {
      throw fields.bad("rope_scaling stands beside rope_parameters: remove one of them");
    }
    List<Rope> ropes =
        List.of(rope(global, outerTheta(), /* share= */ 1), rope(local, localTheta, 1));
    return new Rotary(1, ropes, slides.stream().map(near -> near ? 1 : 0).toList());
  }

  /** SmolLM3: some layers turn nothing. */
  Rotary withStill(List<Boolean> turns) throws BadModelFolderException {
    Rotary plain = rotary();
    Rope still = new Rope(1, new RopeScaling.Still());
    return turns.contains(false)
        ? new Rotary(
            plain.share(),
            List.of(plain.ropes().get(0), still),
            turns.stream().map(turned -> turned ? 0 : 1).toList())
        : plain;
  }

  /** Of the models here Phi-3's alone turns a part of its heads. */
  private void requireWhole(double share) throws BadModelFolderException {
    if (share != 1 && type != ModelType.PHI3) {
      throw fields.bad("partial_rotary_factor " + share + " is not supported for " + type.words());
    }
  }

  private double outerTheta() throws BadModelFolderException {
    return fields.number("rope_theta", type.theta());
  }

  /** The one object that says how frequencies are stretched. */
  private ConfigFields object() throws BadModelFolderException {
    ConfigFields old = fields.inner(OLD);
    ConfigFields young = fields.inner(NEW);
    if (isObject(old) && isObject(young) && !old.json().equals(young.json())) {
      throw fields.bad("rope_scaling and rope_parameters differ: remove one of them");
    }
    return isObject(old) ? old : young;
  }

  private static boolean isObject(ConfigFields field) {
    return field.json().isObject() && !field.json().isEmpty();
  }

  private Rope rope(ConfigFields rope, double theta, double share) throws BadModelFolderException {
    for (Map.Entry<String, JsonNode> member : rope.json().properties()) {
      if (!MEMBERS.contains(member.getKey()) && !member.getValue().isNull()) {
        throw rope.bad(rope.prefix() + member.getKey() + " is not supported");
      }
    }
    return new Rope(rope.number("rope_theta", theta), scaling(rope, (int) (headSize * share)));
  }

  private RopeScaling scaling(ConfigFields rope, int width) throws BadModelFolderException {
    String name = rope.node("rope_type").asText(rope.node("type").asText("default"));
    return switch (type == ModelType.PHI3 ? phi3(name) : name) {
      // Within max_position_embeddings, and nothing longer is taken, dynamic stretches nothing.
      case "default", "null", "dynamic" -> new RopeScaling.None();
      case "linear" -> new RopeScaling.Linear(rope.positive("factor"));
      case "llama3" ->
          new RopeScaling.Llama3(
              rope.positive("factor"),
              rope.positive("low_freq_factor"),
              rope.positive("high_freq_factor"),
              original(rope));
      case "yarn" -> yarn(rope);
      case "longrope" -> longRope(rope, width);
      default ->
          throw rope.bad(
              rope.prefix().replace(".", "")
                  + " of type '"
                  + name
                  + "' is not supported; known: [default, linear, dynamic, llama3, yarn, longrope]");
    };
  }

  /** Phi-3's first folders call LongRoPE otherwise. */
  private static String phi3(String name) {
    return name.equals("su") || name.equals("yarn") ? "longrope" : name;
  }

  private RopeScaling yarn(ConfigFields rope) throws BadModelFolderException {
    double original = original(rope);
    double factor = rope.has("factor") ? rope.positive("factor") : maxPositions / original;
    double fast = rope.number("beta_fast", 0);
    double slow = rope.number("beta_slow", 0);
    Ramp ramp = new Ramp(fast == 0 ? 32 : fast, slow == 0 ? 1 : slow, rope.flag("truncate", true));
    return new RopeScaling.Yarn(
        factor, rope.number("attention_factor", yarnAmplitude(rope, factor)), ramp, original);
  }

  private static double yarnAmplitude(ConfigFields rope, double factor)
      throws BadModelFolderException {
    double scale = rope.number("mscale", 0);
    double allDimensions = rope.number("mscale_all_dim", 0);
    return scale != 0 && allDimensions != 0
        ? grown(factor, scale) / grown(factor, allDimensions)
        : grown(factor, 1);
  }

  private static double grown(double factor, double scale) {
    return factor <= 1 ? 1 : 0.1 * scale * Math.log(factor) + 1;
  }

  private RopeScaling longRope(ConfigFields rope, int width) throws BadModelFolderException {
    double original = original(rope);
    double factor = rope.has("factor") ? rope.positive("factor") : maxPositions / original;
    double amplitude = factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(original));
    return new RopeScaling.LongRope(
        factors(rope, "short_factor", width / 2),
        factors(rope, "long_factor", width / 2),
        rope.number("attention_factor", amplitude),
        (int) original);
  }

  private static List<Double> factors(ConfigFields rope, String field, int count)
      throws BadModelFolderException {
    List<Double> factors = rope.numbers(field);
    if (factors.size() != count) {
      throw rope.bad(rope.prefix() + field + " has " + factors.size() + " numbers, want " + count);
    }
    return factors;
  }

  /** The context before stretching; the outer field goes first, and Phi-3 has one unsaid. */
  private double original(ConfigFields rope) throws BadModelFolderException {
    String field = "original_max_position_embeddings";
    if (fields.has(field)) {
      return fields.positive(field);
    }
    if (type == ModelType.PHI3) {
      return 4096;
    }
    return rope.has(field) ? rope.positive(field) : maxPositions;
  }
}
