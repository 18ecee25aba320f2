package io.alluvium.trainer.pretrain.folder;

import io.alluvium.trainer.model.architecture.Architecture;
import io.alluvium.trainer.model.config.DecoderConfig;
import io.alluvium.trainer.model.folder.WeightSlot;
import io.alluvium.trainer.model.rotary.Rotary;
import java.util.List;

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
  /** Epsilon of every RMS norm. */
  static final double NORM_EPSILON = 1e-5;

  /** Base of the rotary position angles. */
  static final double ROPE_THETA = 10_000;

  /** Checks that the sizes fit together. */
  public ModelShape {
    if (layers < 1 || heads < 1 || mlp < 1 || positions < 1) {
      throw new IllegalArgumentException("model shape: every size must be at least 1");
    }
    if (hidden < 1 || hidden % (2 * heads) != 0) {
      throw new IllegalArgumentException(
          "model shape: hidden is "
              + hidden
              + ", must be a multiple of twice the "
              + heads
              + " heads");
    }
  }

  /** The shipped base: 1.29 million parameters. */
  public static ModelShape tiny() {
    return new ModelShape(160, 4, 5, 448, 256);
  }

  /** The same shape as the decoder program wants it, with this project's vocabulary. */
  public DecoderConfig decoder() {
    return new DecoderConfig(
        CharacterVocabulary.TOKENS.size(),
        hidden,
        layers,
        heads,
        heads,
        hidden / heads,
        mlp,
        NORM_EPSILON,
        Rotary.plain(ROPE_THETA),
        positions,
        /* tiedHead= */ true,
        CharacterVocabulary.BOS,
        List.of(CharacterVocabulary.EOS),
        Architecture.LLAMA);
  }

  /** Number of weights of all tensors. */
  public long parameters() {
    return WeightSlot.all(decoder()).stream()
        .mapToLong(
            slot -> slot.shape().stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b))
        .sum();
  }
}
