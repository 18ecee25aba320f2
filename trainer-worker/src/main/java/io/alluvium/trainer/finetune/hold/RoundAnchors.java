package io.alluvium.trainer.finetune.hold;

import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.Seeds;
import io.alluvium.trainer.finetune.anchor.AnchorBatch;
import io.alluvium.trainer.finetune.anchor.AnchorMaker;
import io.alluvium.trainer.finetune.anchor.AnchorStates;
import io.alluvium.trainer.finetune.anchor.Anchors;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.finetune.state.TrainingState;
import org.jspecify.annotations.Nullable;

/**
 * The anchors of one round's steps: the base's, and as many of the champion's beside them, on which
 * what trains is held to what the round began from. So an adapter's own past is kept without any of
 * its records (learning without forgetting, Li and Hoiem 2016, arXiv 1606.09282, on texts that the
 * model made itself).
 */
public final class RoundAnchors implements AutoCloseable {
  private final AnchorStates base;
  private final @Nullable AnchorStates champion;
  private final int[] order;
  private final int[] ownOrder;

  private RoundAnchors(AnchorStates base, @Nullable AnchorStates champion, long seed) {
    this.base = base;
    this.champion = champion;
    this.order = base.order(seed);
    this.ownOrder = champion == null ? new int[0] : champion.order(seed);
  }

  /**
   * Those of a round.
   *
   * @param base the base's; they outlive this
   * @param parent where the round begins; it outlives this. One that has learned nothing has no
   *     past to be held to
   * @param lineage of the round
   */
  public static RoundAnchors of(
      Decoder decoder,
      FineTuneConfig config,
      AnchorStates base,
      TrainingState parent,
      long lineage) {
    int own = config.anchors().champion();
    long seed = Seeds.mix(lineage, -1);
    if (own == 0 || parent.step() == 0) {
      return new RoundAnchors(base, null, seed);
    }
    Anchors made = new AnchorMaker(decoder, config).by(parent.adapter(), own, seed);
    return new RoundAnchors(
        base, new AnchorStates(decoder, made, config.anchors(), parent.adapter()), seed);
  }

  /**
   * The anchors of a step; valid until the next call.
   *
   * @param windowStep its number in the round, from 0
   * @param batchTokens tokens of a full batch of the round
   */
  public AnchorBatch of(int windowStep, double batchTokens) {
    AnchorBatch hold = base.of(order, windowStep, batchTokens);
    return champion == null ? hold : hold.and(champion.of(ownOrder, windowStep, batchTokens));
  }

  @Override
  public void close() {
    if (champion != null) {
      champion.close();
    }
  }
}
