package io.alluvium.trainer.pretrain.folder;

/**
 * Size of a Llama decoder with as many key heads as query heads and a head tied to the embedding.
 *
 * @param hidden width of the residual stream, a multiple of {@code heads}
 * @param layers number of blocks
 * @param heads attention heads; {@code hidden / heads} must be even
 * @param mlp inner width of the gated MLP
 * @param positions longest sequence
 */
public record ModelShape(int hidden, int layers, int heads, int mlp, int positions) {

  /** Checks that the sizes fit together. */
  public ModelShape {
    if (layers < 1 || heads < 1 || mlp < 1 || positions < 1) {
      throw new IllegalArgumentException("model shape: every size must be at least 1");
    }
    if (hidden < 1 || hidden % (2 * heads) != 0) {
      throw new IllegalArgumentException(
          "model shape: hidden is " + hidden + ", must be a multiple of twice the " + heads
              + " heads");
    }
  }

  /** The shipped base: 1.29 million parameters. */
  public static ModelShape tiny() {
    return new ModelShape(160, 4, 5, 448, 256);
  }
}
