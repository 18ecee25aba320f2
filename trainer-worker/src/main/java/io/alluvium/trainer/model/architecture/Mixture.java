package io.alluvium.trainer.model.architecture;

/**
 * A mixture of experts in the place of a block's MLP: a router's softmax over all experts, the most
 * likely of them run, their outputs added up by what the router gave them. Experts and router are
 * frozen and have no adapters.
 *
 * @param experts how many there are; 0 for a plain MLP
 * @param chosen how many a token goes through
 * @param width inside an expert
 * @param normalised whether the shares of the chosen ones are made to add up to 1
 * @param names of the weights
 */
public record Mixture(int experts, int chosen, int width, boolean normalised, Names names) {
  /** A plain MLP. */
  public static final Mixture NONE = new Mixture(0, 0, 0, false, Names.MLP);

  /** How a folder names the weights. */
  public enum Names {
    /** As Qwen does. */
    MLP("mlp", "gate_proj", "up_proj", "down_proj"),
    /** As Mixtral does. */
    BLOCK_SPARSE_MOE("block_sparse_moe", "w1", "w3", "w2");

    private final String module;
    private final String gate;
    private final String up;
    private final String down;

    Names(String module, String gate, String up, String down) {
      this.module = module;
      this.gate = gate;
      this.up = up;
      this.down = down;
    }

    /** Path of the router below the block. */
    public String router() {
      return module + ".gate";
    }

    /** Path of an expert's linear below the block. */
    public String expert(int expert, Part part) {
      String linear =
          switch (part) {
            case GATE -> gate;
            case UP -> up;
            case DOWN -> down;
            default -> throw new IllegalArgumentException("experts have no " + part);
          };
      return module + ".experts." + expert + "." + linear;
    }
  }

  /** Checks the numbers. */
  public Mixture {
    if (experts > 0 && (chosen < 1 || chosen > experts)) {
      throw new IllegalArgumentException(
          "num_experts_per_tok is " + chosen + ", want 1 to " + experts);
    }
    if (experts > 0 && width < 1) {
      throw new IllegalArgumentException("an expert's width is " + width + ", want 1 or more");
    }
  }

  /** Whether there is one. */
  public boolean there() {
    return experts > 0;
  }
}
