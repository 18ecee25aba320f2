package io.alluvium.trainer.model.folder;

import io.alluvium.trainer.model.architecture.Architecture;
import io.alluvium.trainer.model.architecture.Architecture.NormKind;
import io.alluvium.trainer.model.architecture.Layout;
import io.alluvium.trainer.model.architecture.Mixture;
import io.alluvium.trainer.model.architecture.Part;
import io.alluvium.trainer.model.config.DecoderConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One weight of the decoder: its name in the folder and its shape there.
 *
 * @param name tensor name
 * @param shape sizes per dimension
 * @param transposed whether a linear stands as inputs x outputs; the program takes it the other way
 */
public record WeightSlot(String name, List<Long> shape, boolean transposed) {
  /** The norm before attention; with {@link #BIAS} its bias, which stands next to it. */
  public static final String FIRST_NORM = "first norm";

  /** The norm before the MLP. */
  public static final String SECOND_NORM = "second norm";

  /** The norm of what attention gives. */
  public static final String AFTER_ATTENTION = "norm after attention";

  /** The norm of what the MLP gives. */
  public static final String AFTER_MLP = "norm after mlp";

  /** The norm of each head's queries. */
  public static final String QUERY_NORM = "query norm";

  /** The norm of each head's keys. */
  public static final String KEY_NORM = "key norm";

  /** The router of a mixture of experts. */
  public static final String ROUTER = "router";

  /** Gate of a mixture's first expert; its up and down follow, then those of the next one. */
  public static final String EXPERTS = "expert 0 GATE";

  /** Follows the key of a linear or norm in the key of its bias. */
  public static final String BIAS = " bias";

  /**
   * All weights in the order in which the decoder program takes them: embedding, learned positions;
   * per block those of {@link #block}; final norm; and the head unless it is tied.
   */
  public static List<WeightSlot> all(DecoderConfig config) {
    List<WeightSlot> slots = new ArrayList<>(embeddings(config));
    for (int layer = 0; layer < config.layers(); layer++) {
      slots.addAll(block(config, layer).values());
    }
    Map<String, WeightSlot> last = new LinkedHashMap<>();
    boolean rotary = config.architecture().layout().rotary();
    putNorm(last, config, "final norm", rotary ? "model.norm" : "transformer.ln_f");
    slots.addAll(last.values());
    if (!config.tiedHead()) {
      slots.add(slot("lm_head.weight", config.vocabulary(), config.hidden()));
    }
    return slots;
  }

  /** The weights before the first block. */
  public static List<WeightSlot> embeddings(DecoderConfig config) {
    if (config.architecture().layout().rotary()) {
      return List.of(slot("model.embed_tokens.weight", config.vocabulary(), config.hidden()));
    }
    return List.of(
        slot("transformer.wte.weight", config.vocabulary(), config.hidden()),
        slot("transformer.wpe.weight", config.maxPositions(), config.hidden()));
  }

  /**
   * The weights of a block in program order, by what they are: linears by name, norms by the keys
   * above. First norm, attention's linears, second norm, the MLP's; then biases of linears, norms
   * of heads, norms afterwards.
   */
  public static Map<String, WeightSlot> block(DecoderConfig config, int layer) {
    Architecture architecture = config.architecture();
    String block = architecture.layout().block(layer);
    Map<String, WeightSlot> slots = new LinkedHashMap<>();
    putNorm(slots, config, FIRST_NORM, block + firstNorm(architecture));
    for (Layout.Linear linear : architecture.layout().linears()) {
      switch (linear.part()) {
        case GATE, GATE_UP, INNER ->
            putNorm(slots, config, SECOND_NORM, block + secondNorm(architecture));
        default -> {}
      }
      slots.put(linear.name(), weight(config, layer, linear.name()));
    }
    if (architecture.mixture().there()) {
      putNorm(slots, config, SECOND_NORM, block + secondNorm(architecture));
    }
    putExtras(slots, config, layer);
    putExperts(slots, config, block);
    return slots;
  }

  /** Number of values. */
  public long elements() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  private static void putExtras(Map<String, WeightSlot> slots, DecoderConfig config, int layer) {
    Architecture architecture = config.architecture();
    String block = architecture.layout().block(layer);
    for (Layout.Linear linear : architecture.layout().linears()) {
      if (architecture.biased().contains(linear.part())) {
        String name = config.path(layer, linear.name()) + ".bias";
        slots.put(linear.name() + BIAS, slot(name, config.outputs(linear.name())));
      }
    }
    if (architecture.norms().ofHeads()) {
      slots.put(QUERY_NORM, slot(block + "self_attn.q_norm.weight", config.headSize()));
      slots.put(KEY_NORM, slot(block + "self_attn.k_norm.weight", config.headSize()));
    }
    if (architecture.norms().afterwards()) {
      putNorm(slots, config, AFTER_ATTENTION, block + "post_attention_layernorm");
      putNorm(slots, config, AFTER_MLP, block + "post_feedforward_layernorm");
    }
  }

  private static void putExperts(
      Map<String, WeightSlot> slots, DecoderConfig config, String block) {
    Mixture mixture = config.architecture().mixture();
    if (!mixture.there()) {
      return;
    }
    String router = block + mixture.names().router() + ".weight";
    slots.put(ROUTER, slot(router, mixture.experts(), config.hidden()));
    for (int expert = 0; expert < mixture.experts(); expert++) {
      for (Part part : List.of(Part.GATE, Part.UP, Part.DOWN)) {
        String name = block + mixture.names().expert(expert, part) + ".weight";
        slots.put(
            "expert " + expert + " " + part,
            part == Part.DOWN
                ? slot(name, config.hidden(), mixture.width())
                : slot(name, mixture.width(), config.hidden()));
      }
    }
  }

  private static WeightSlot weight(DecoderConfig config, int layer, String linear) {
    String name = config.path(layer, linear) + ".weight";
    long outputs = config.outputs(linear);
    long inputs = config.inputs(linear);
    return config.architecture().layout().transposed()
        ? new WeightSlot(name, List.of(inputs, outputs), true)
        : slot(name, outputs, inputs);
  }

  private static void putNorm(
      Map<String, WeightSlot> slots, DecoderConfig config, String key, String name) {
    slots.put(key, slot(name + ".weight", config.hidden()));
    if (config.architecture().norms().kind() == NormKind.LAYER) {
      slots.put(key + BIAS, slot(name + ".bias", config.hidden()));
    }
  }

  private static String firstNorm(Architecture architecture) {
    return architecture.layout().rotary() ? "input_layernorm" : "ln_1";
  }

  private static String secondNorm(Architecture architecture) {
    if (!architecture.layout().rotary()) {
      return "ln_2";
    }
    return architecture.norms().afterwards()
        ? "pre_feedforward_layernorm"
        : "post_attention_layernorm";
  }

  private static WeightSlot slot(String name, long... shape) {
    return new WeightSlot(name, java.util.Arrays.stream(shape).boxed().toList(), false);
  }
}
