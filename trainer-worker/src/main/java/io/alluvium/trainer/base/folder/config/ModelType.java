package io.alluvium.trainer.base.folder.config;

import io.alluvium.trainer.base.folder.architecture.Architecture;
import io.alluvium.trainer.base.folder.architecture.Architecture.Activation;
import io.alluvium.trainer.base.folder.architecture.Architecture.Attention;
import io.alluvium.trainer.base.folder.architecture.Architecture.NormKind;
import io.alluvium.trainer.base.folder.architecture.Architecture.Norms;
import io.alluvium.trainer.base.folder.architecture.Layout;
import io.alluvium.trainer.base.folder.architecture.Part;
import io.alluvium.trainer.base.folder.architecture.RopeScaling;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The architectures that config.json may name, as {@code model_type} has them. */
enum ModelType {
  LLAMA,
  MISTRAL,
  QWEN2,
  QWEN3,
  GEMMA2,
  PHI3,
  GPT2;

  private static final Set<Part> QUERY_KEY_VALUE = Set.of(Part.QUERY, Part.KEY, Part.VALUE);

  /** The type of a configuration, or a complaint that names those that are known. */
  static ModelType of(ConfigFields fields) throws BadModelFolderException {
    String type = fields.node("model_type").asText("");
    List<String> known =
        Arrays.stream(values()).map(t -> t.name().toLowerCase(Locale.ROOT)).toList();
    if (!known.contains(type)) {
      String named = fields.node("architectures").path(0).asText(type);
      throw fields.bad(
          "architecture '%s' (model_type '%s') is not supported; known: %s"
              .formatted(named, type, known));
    }
    return values()[known.indexOf(type)];
  }

  /** What transformers take for tie_word_embeddings where it is not said. */
  boolean tiedByDefault() {
    return this == GEMMA2 || this == GPT2;
  }

  Architecture architecture(ConfigFields fields) throws BadModelFolderException {
    return switch (this) {
      case LLAMA -> rotary(fields).withBiased(biased(fields));
      case MISTRAL -> rotary(fields).withAttention(window(fields));
      case QWEN2 -> qwen(fields).withBiased(QUERY_KEY_VALUE);
      case QWEN3 ->
          qwen(fields)
              .withBiased(biased(fields))
              .withNorms(new Norms(NormKind.RMS, /* ofHeads= */ true, /* afterwards= */ false));
      case GEMMA2 -> gemma2(fields);
      case PHI3 -> phi3(fields);
      case GPT2 -> gpt2(fields);
    };
  }

  private static Architecture rotary(ConfigFields fields) throws BadModelFolderException {
    fields.oneOf("hidden_act", "silu");
    if (fields.number("partial_rotary_factor", 1) != 1) {
      throw fields.bad("partial_rotary_factor other than 1 is not supported");
    }
    return Architecture.LLAMA.withRopeScaling(new RopeFields(fields).scaling());
  }

  private static Architecture qwen(ConfigFields fields) throws BadModelFolderException {
    fields.refuse("use_sliding_window", true);
    return rotary(fields);
  }

  private static Set<Part> biased(ConfigFields fields) {
    Set<Part> biased = EnumSet.noneOf(Part.class);
    if (fields.flag("attention_bias", false)) {
      biased.addAll(QUERY_KEY_VALUE);
      biased.add(Part.OUTPUT);
    }
    if (fields.flag("mlp_bias", false)) {
      biased.addAll(Set.of(Part.GATE, Part.UP, Part.DOWN));
    }
    return biased;
  }

  private static Attention window(ConfigFields fields) {
    int window = fields.integer("sliding_window", 0);
    return new Attention(window, /* alternating= */ false, 0, 0);
  }

  private static Architecture phi3(ConfigFields fields) throws BadModelFolderException {
    return rotary(fields).withLayout(Layout.FUSED).withAttention(window(fields));
  }

  private static Architecture gemma2(ConfigFields fields) throws BadModelFolderException {
    fields.oneOf("hidden_activation", "gelu_pytorch_tanh");
    fields.refuse("attention_bias", true);
    double scale = 1 / Math.sqrt(fields.number("query_pre_attn_scalar", 256));
    double cap = fields.number("attn_logit_softcapping", 0);
    return new Architecture(
        Layout.SEPARATE,
        new Norms(NormKind.RMS_OFFSET, /* ofHeads= */ false, /* afterwards= */ true),
        new Attention(fields.integer("sliding_window", 0), /* alternating= */ true, scale, cap),
        new RopeScaling.None(),
        Activation.GELU,
        Set.of(),
        Math.sqrt(fields.integer("hidden_size")),
        fields.number("final_logit_softcapping", 0));
  }

  private static Architecture gpt2(ConfigFields fields) throws BadModelFolderException {
    fields.oneOf("activation_function", "gelu_new", "gelu_pytorch_tanh");
    fields.refuse("scale_attn_by_inverse_layer_idx", true);
    fields.refuse("scale_attn_weights", false);
    fields.refuse("add_cross_attention", true);
    return new Architecture(
        Layout.CONV1D,
        new Norms(NormKind.LAYER, /* ofHeads= */ false, /* afterwards= */ false),
        Attention.PLAIN,
        new RopeScaling.None(),
        Activation.GELU,
        EnumSet.of(Part.QUERY_KEY_VALUE, Part.OUTPUT, Part.INNER, Part.DOWN),
        1,
        0);
  }
}
