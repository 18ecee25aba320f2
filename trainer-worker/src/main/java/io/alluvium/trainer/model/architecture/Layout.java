package io.alluvium.trainer.model.architecture;

import io.alluvium.trainer.model.architecture.Part.Group;
import java.util.Arrays;
import java.util.List;

/** The linears of a block and the names that a folder and PEFT have for things. */
public enum Layout {
  /** Llama and most others: each linear for itself. */
  SEPARATE(
      "model.layers.",
      new Linear(Part.QUERY, "q_proj", "self_attn.q_proj"),
      new Linear(Part.KEY, "k_proj", "self_attn.k_proj"),
      new Linear(Part.VALUE, "v_proj", "self_attn.v_proj"),
      new Linear(Part.OUTPUT, "o_proj", "self_attn.o_proj"),
      new Linear(Part.GATE, "gate_proj", "mlp.gate_proj"),
      new Linear(Part.UP, "up_proj", "mlp.up_proj"),
      new Linear(Part.DOWN, "down_proj", "mlp.down_proj")),
  /** Mixtures of experts: Llama's attention; no adapters elsewhere. */
  MIXTURE(
      "model.layers.",
      new Linear(Part.QUERY, "q_proj", "self_attn.q_proj"),
      new Linear(Part.KEY, "k_proj", "self_attn.k_proj"),
      new Linear(Part.VALUE, "v_proj", "self_attn.v_proj"),
      new Linear(Part.OUTPUT, "o_proj", "self_attn.o_proj")),
  /** Phi-3: what reads the same input is one linear. */
  FUSED(
      "model.layers.",
      new Linear(Part.QUERY_KEY_VALUE, "qkv_proj", "self_attn.qkv_proj"),
      new Linear(Part.OUTPUT, "o_proj", "self_attn.o_proj"),
      new Linear(Part.GATE_UP, "gate_up_proj", "mlp.gate_up_proj"),
      new Linear(Part.DOWN, "down_proj", "mlp.down_proj")),
  /** GPT-2: weights stand transposed, the MLP has no gate, positions are learned. */
  CONV1D(
      "transformer.h.",
      new Linear(Part.QUERY_KEY_VALUE, "c_attn", "attn.c_attn"),
      new Linear(Part.OUTPUT, "attn.c_proj", "attn.c_proj"),
      new Linear(Part.INNER, "c_fc", "mlp.c_fc"),
      new Linear(Part.DOWN, "mlp.c_proj", "mlp.c_proj"));

  private final String blocks;

  @SuppressWarnings("ImmutableEnumChecker") // a list that cannot change, of records that cannot
  private final List<Linear> linears;

  Layout(String blocks, Linear... linears) {
    this.blocks = blocks;
    this.linears = List.of(linears);
  }

  /**
   * A linear of a block.
   *
   * @param part what it is for
   * @param name what it is called in lists of adapted linears; PEFT finds it by the end of its path
   * @param path below the block
   */
  public record Linear(Part part, String name, String path) {}

  /** The linears in the order of the forward pass. */
  public List<Linear> linears() {
    return linears;
  }

  /** The linears of a group. */
  public List<Linear> linears(Group group) {
    return linears.stream().filter(linear -> linear.part().group() == group).toList();
  }

  /** The linear of a name. */
  public Linear linear(String name) {
    return linears.stream()
        .filter(linear -> linear.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no linear named " + name));
  }

  /** Beginning of all names within a block, with a dot at its end. */
  public String block(int layer) {
    return blocks + layer + ".";
  }

  /** Whether queries, keys and values are linears of their own. */
  public boolean separateHeads() {
    return this == SEPARATE || this == MIXTURE;
  }

  /** Whether weights stand as inputs x outputs, which PEFT calls {@code fan_in_fan_out}. */
  public boolean transposed() {
    return this == CONV1D;
  }

  /** Whether positions are rotated into queries and keys; otherwise they are learned vectors. */
  public boolean rotary() {
    return this != CONV1D;
  }

  /** Names of all linears of all layouts, each layout's in the order of its forward pass. */
  public static List<String> names() {
    return Arrays.stream(Part.values())
        .flatMap(
            part ->
                Arrays.stream(values())
                    .flatMap(layout -> layout.linears.stream())
                    .filter(linear -> linear.part() == part))
        .map(Linear::name)
        .distinct()
        .toList();
  }
}
