package io.alluvium.trainer.adapter.part;

/**
 * One linear of the base with the rank of its adapter.
 *
 * @param path such as {@code model.layers.0.self_attn.q_proj}
 * @param rank inner width of its adapter; 0 where it has none
 * @param outputs of the linear
 * @param inputs of the linear
 */
public record Linear(String path, int rank, int outputs, int inputs) {

  /** Another linear of the same shape. */
  public Linear at(String otherPath) {
    return new Linear(otherPath, rank, outputs, inputs);
  }

  /** Whether it has an adapter. */
  public boolean adapted() {
    return rank > 0;
  }
}
