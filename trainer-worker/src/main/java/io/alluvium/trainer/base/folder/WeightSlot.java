package io.alluvium.trainer.base.folder;

import java.util.ArrayList;
import java.util.List;

/**
 * One weight of the decoder: its name in the folder and its shape.
 *
 * @param name tensor name
 * @param shape sizes per dimension, outputs first
 */
public record WeightSlot(String name, List<Long> shape) {

  /**
   * All weights in the order in which the decoder program takes them: embedding; per block input
   * norm, q, k, v, o, post-attention norm, gate, up, down; final norm; and the head unless it is
   * tied.
   */
  public static List<WeightSlot> all(DecoderConfig config) {
    long hidden = config.hidden();
    List<WeightSlot> slots = new ArrayList<>();
    slots.add(slot("model.embed_tokens.weight", config.vocabulary(), hidden));
    for (int layer = 0; layer < config.layers(); layer++) {
      addBlock(slots, config, layer);
    }
    slots.add(slot("model.norm.weight", hidden));
    if (!config.tiedHead()) {
      slots.add(slot("lm_head.weight", config.vocabulary(), hidden));
    }
    return slots;
  }

  private static void addBlock(List<WeightSlot> slots, DecoderConfig config, int layer) {
    String block = "model.layers." + layer + ".";
    slots.add(slot(block + "input_layernorm.weight", config.hidden()));
    for (String linear : DecoderConfig.LINEARS) {
      if (linear.equals("gate_proj")) {
        slots.add(slot(block + "post_attention_layernorm.weight", config.hidden()));
      }
      slots.add(
          slot(
              DecoderConfig.path(layer, linear) + ".weight",
              config.outputs(linear),
              config.inputs(linear)));
    }
  }

  private static WeightSlot slot(String name, long... shape) {
    return new WeightSlot(name, java.util.Arrays.stream(shape).boxed().toList());
  }
}
