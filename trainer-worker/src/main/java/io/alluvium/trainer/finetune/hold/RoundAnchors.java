package io.alluvium.trainer.finetune.hold;

import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.Seeds;
import io.alluvium.trainer.finetune.anchor.AnchorBatch;
import io.alluvium.trainer.finetune.anchor.AnchorMaker;
import io.alluvium.trainer.finetune.anchor.AnchorStates;
import io.alluvium.trainer.finetune.anchor.Anchors;
import io.alluvium.trainer.finetune.config.AnchorConfig;
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
  private final Turns turns;
  private final @Nullable AnchorStates champion;
  private final @Nullable Turns own;

  private RoundAnchors(AnchorStates base, @Nullable AnchorStates champion, double hard, long seed) {
    this.base = base;
    this.turns = new Turns(base, hard, seed);
    this.champion = champion;
    this.own = champion == null ? null : new Turns(champion, hard, seed);
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
    AnchorConfig anchors = config.anchors();
    long seed = Seeds.mix(lineage, -1);
    if (anchors.champion() == 0 || parent.step() == 0) {
      return new RoundAnchors(base, null, anchors.hard(), seed);
    }
    Anchors made = new AnchorMaker(decoder, config).by(parent.adapter(), anchors.champion(), seed);
    AnchorStates champion = new AnchorStates(decoder, made, anchors, parent.adapter());
    return new RoundAnchors(base, champion, anchors.hard(), seed);
  }

  /**
   * The anchors of a step; valid until the next call.
   *
   * @param windowStep its number in the round, from 0
   * @param batchTokens tokens of a full batch of the round
   */
  public AnchorBatch of(int windowStep, double batchTokens) {
    AnchorBatch hold = base.batch(turns.next(windowStep, batchTokens));
    return champion == null || own == null
        ? hold
        : hold.and(champion.batch(own.next(windowStep, batchTokens)));
  }

  /**
   * Says how far the step's anchors were from what they are held to.
   *
   * @param kl of each, nats per position, in their order
   */
  public void took(float[] kl) {
    turns.took(kl, 0);
    if (own != null) {
      own.took(kl, turns.size());
    }
  }

  @Override
  public void close() {
    if (champion != null) {
      champion.close();
    }
  }
}
