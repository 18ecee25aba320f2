package io.alluvium.trainer.model.config;

import io.alluvium.trainer.model.architecture.Architecture;
import io.alluvium.trainer.model.architecture.Architecture.Activation;
import io.alluvium.trainer.model.architecture.Architecture.Attention;
import io.alluvium.trainer.model.architecture.Architecture.NormKind;
import io.alluvium.trainer.model.architecture.Architecture.Norms;
import io.alluvium.trainer.model.architecture.Layout;
import io.alluvium.trainer.model.architecture.Mixture;
import io.alluvium.trainer.model.architecture.Part;
import io.alluvium.trainer.model.check.BadModelFolderException;
import io.alluvium.trainer.model.check.ConfigFields;
import io.alluvium.trainer.model.rotary.Rotary;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The architectures that config.json may name, as {@code model_type} has them, and what the
 * configuration class of transformers takes for a field that is absent.
 */
enum ModelType {
  LLAMA(new Unsaid(0, 0, 1e-6, 2048), 10_000),
  MISTRAL(new Unsaid(8, 0, 1e-6, 131_072), 10_000),
  QWEN2(new Unsaid(32, 0, 1e-6, 32_768), 10_000),
  QWEN3(new Unsaid(32, 128, 1e-6, 32_768), 10_000),
  QWEN3_MOE(new Unsaid(4, 0, 1e-6, 32_768), 10_000),
  MIXTRAL(new Unsaid(8, 0, 1e-5, 131_072), 1_000_000),
  GEMMA2(new Unsaid(4, 256, 1e-6, 8192), 10_000),
  GEMMA3_TEXT(new Unsaid(4, 256, 1e-6, 131_072), 1_000_000),
  PHI3(new Unsaid(0, 0, 1e-5, 4096), 10_000),
  SMOLLM3(new Unsaid(4, 0, 1e-6, 32_768), 2_000_000),
  GPT2(new Unsaid(0, 0, 1e-5, 1024), 10_000);

  private static final Set<Part> QUERY_KEY_VALUE = Set.of(Part.QUERY, Part.KEY, Part.VALUE);
  private static final int WINDOW = 4096;

  @SuppressWarnings("ImmutableEnumChecker") // a record of numbers
  private final Unsaid unsaid;

  private final double theta;

  ModelType(Unsaid unsaid, double theta) {
    this.unsaid = unsaid;
    this.theta = theta;
  }

  /**
   * Values of absent fields.
   *
   * @param keyValueHeads 0 for as many as heads
   * @param headSize 0 for hidden size / heads
   * @param normEpsilon of all norms
   * @param maxPositions tokens
   */
  record Unsaid(int keyValueHeads, int headSize, double normEpsilon, int maxPositions) {}

  /** The type of a configuration, or a complaint that names those that are known. */
  static ModelType of(ConfigFields fields) throws BadModelFolderException {
    String type = fields.node("model_type").asText("");
    List<String> known = Arrays.stream(values()).map(ModelType::words).toList();
    if (!known.contains(type)) {
      String named = fields.node("architectures").path(0).asText(type);
      throw fields.bad(
          "architecture '%s' (model_type '%s') is not supported; known: %s"
              .formatted(named, type, known));
    }
    return valueOf(type.toUpperCase(Locale.ROOT));
  }

  /** As config.json names it. */
  String words() {
    return name().toLowerCase(Locale.ROOT);
  }

  Unsaid unsaid() {
    return unsaid;
  }

  /** What transformers take for rope_theta where it is not said. */
  double theta() {
    return theta;
  }

  /** What transformers take for tie_word_embeddings where it is not said. */
  boolean tiedByDefault() {
    return this == GEMMA2 || this == GEMMA3_TEXT || this == SMOLLM3 || this == GPT2;
  }

  /** Rotary positions. */
  Rotary rotary(RopeFields rope, LayerFields layers) throws BadModelFolderException {
    return switch (this) {
      case GEMMA3_TEXT -> rope.globalAndLocal(slides(layers));
      case SMOLLM3 -> rope.withStill(layers.turned());
      case GPT2 -> Rotary.NONE;
      default -> rope.rotary();
    };
  }

  Architecture architecture(LayerFields layers) throws BadModelFolderException {
    ConfigFields fields = layers.fields();
    Architecture plain = Architecture.LLAMA.withAttention(attention(layers));
    return switch (this) {
      case LLAMA, SMOLLM3 -> plain.withBiased(biased(fields));
      case MISTRAL -> plain;
      case QWEN2 -> plain.withBiased(QUERY_KEY_VALUE);
      case QWEN3 ->
          plain
              .withBiased(attentionBiased(fields))
              .withNorms(new Norms(NormKind.RMS, /* ofHeads= */ true, /* afterwards= */ false));
      case QWEN3_MOE ->
          plain
              .withBiased(attentionBiased(fields))
              .withNorms(new Norms(NormKind.RMS, /* ofHeads= */ true, /* afterwards= */ false))
              .withMixture(qwenMixture(fields));
      case MIXTRAL -> plain.withMixture(mixtral(fields));
      case GEMMA2 -> gemma(layers, new Norms(NormKind.RMS_OFFSET, false, /* afterwards= */ true));
      case GEMMA3_TEXT -> gemma(layers, new Norms(NormKind.RMS_OFFSET, true, true));
      case PHI3 -> plain.withLayout(Layout.FUSED);
      case GPT2 -> gpt2();
    };
  }

  private Attention attention(LayerFields layers) throws BadModelFolderException {
    List<Boolean> slides = slides(layers);
    return new Attention(layers.window(slides, WINDOW), slides, 0, 0);
  }

  /** By layer whether it has a window. */
  private List<Boolean> slides(LayerFields layers) throws BadModelFolderException {
    ConfigFields fields = layers.fields();
    return switch (this) {
      case LLAMA, GPT2 -> List.of();
      case MISTRAL -> layers.slides(layer -> windowed(fields));
      case QWEN3_MOE -> {
        boolean used = fields.flag("use_sliding_window", false) && windowed(fields);
        yield layers.slides(layer -> used);
      }
      case PHI3, MIXTRAL -> layers.slides(layer -> fields.has("sliding_window"));
      case QWEN2, QWEN3 -> qwen(layers);
      case SMOLLM3 -> smol(layers);
      case GEMMA2 -> layers.slides(layer -> layer % 2 == 0);
      case GEMMA3_TEXT -> {
        int pattern =
            fields.integer("sliding_window_pattern", fields.integer("_sliding_window_pattern", 6));
        yield layers.slides(layer -> (layer + 1) % pattern != 0);
      }
    };
  }

  /** Mistral has a window unless null says otherwise. */
  private static boolean windowed(ConfigFields fields) {
    return !fields.names("sliding_window") || fields.has("sliding_window");
  }

  /** Only the upper layers slide; layer_types says so itself. */
  private static List<Boolean> qwen(LayerFields layers) throws BadModelFolderException {
    ConfigFields fields = layers.fields();
    boolean used = fields.flag("use_sliding_window", false) && windowed(fields);
    int first = fields.integer("max_window_layers", 28);
    List<Boolean> slides = layers.slides(layer -> used && layer >= first);
    if (!used && slides.contains(true)) {
      throw fields.bad("layer_types has sliding layers, but use_sliding_window is not true");
    }
    return slides;
  }

  private static List<Boolean> smol(LayerFields layers) throws BadModelFolderException {
    ConfigFields fields = layers.fields();
    List<Boolean> turned = layers.turned();
    boolean used = fields.flag("use_sliding_window", false) && fields.has("sliding_window");
    return layers.slides(layer -> used && !turned.get(layer));
  }

  private static Set<Part> biased(ConfigFields fields) throws BadModelFolderException {
    Set<Part> biased = EnumSet.noneOf(Part.class);
    biased.addAll(attentionBiased(fields));
    if (fields.flag("mlp_bias", false)) {
      biased.addAll(Set.of(Part.GATE, Part.UP, Part.DOWN));
    }
    return biased;
  }

  private static Set<Part> attentionBiased(ConfigFields fields) throws BadModelFolderException {
    return fields.flag("attention_bias", false)
        ? Set.of(Part.QUERY, Part.KEY, Part.VALUE, Part.OUTPUT)
        : Set.of();
  }

  /** Gemma 2 caps where nothing is said, Gemma 3 does not; null is none for both. */
  private Architecture gemma(LayerFields layers, Norms norms) throws BadModelFolderException {
    ConfigFields fields = layers.fields();
    List<Boolean> slides = slides(layers);
    double scale = 1 / Math.sqrt(fields.number("query_pre_attn_scalar", 256));
    double cap = cap(fields, "attn_logit_softcapping", 50);
    return new Architecture(
        Layout.SEPARATE,
        norms,
        new Attention(layers.window(slides, WINDOW), slides, scale, cap),
        Activation.GELU,
        attentionBiased(fields),
        Math.sqrt(fields.integer("hidden_size")),
        cap(fields, "final_logit_softcapping", 30),
        Mixture.NONE);
  }

  private static Mixture qwenMixture(ConfigFields fields) throws BadModelFolderException {
    return new Mixture(
        experts(fields, 128),
        fields.integer("num_experts_per_tok", 8),
        fields.integer("moe_intermediate_size", 768),
        fields.flag("norm_topk_prob", false),
        Mixture.Names.MLP);
  }

  /** transformers keep one number under both names. */
  private static int experts(ConfigFields fields, int unsaid) throws BadModelFolderException {
    int experts = fields.integer("num_experts", fields.integer("num_local_experts", unsaid));
    if (fields.integer("num_local_experts", experts) != experts) {
      throw fields.bad("num_experts and num_local_experts differ; keep one of them");
    }
    return experts;
  }

  private static Mixture mixtral(ConfigFields fields) throws BadModelFolderException {
    return new Mixture(
        experts(fields, 8),
        fields.integer("num_experts_per_tok", 2),
        fields.integer("intermediate_size", 14_336),
        /* normalised= */ true,
        Mixture.Names.BLOCK_SPARSE_MOE);
  }

  private double cap(ConfigFields fields, String field, double unsaid)
      throws BadModelFolderException {
    return this == GEMMA2 && !fields.names(field) ? unsaid : fields.number(field, 0);
  }

  private static Architecture gpt2() {
    return new Architecture(
        Layout.CONV1D,
        new Norms(NormKind.LAYER, /* ofHeads= */ false, /* afterwards= */ false),
        Attention.PLAIN,
        Activation.GELU,
        EnumSet.of(Part.QUERY_KEY_VALUE, Part.OUTPUT, Part.INNER, Part.DOWN),
        1,
        0,
        Mixture.NONE);
  }
}
