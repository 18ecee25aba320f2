package io.alluvium.trainer.finetune.hold;

import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.Seeds;
import io.alluvium.trainer.finetune.anchor.AnchorBatch;
import io.alluvium.trainer.finetune.anchor.AnchorMaker;
import io.alluvium.trainer.finetune.anchor.AnchorStates;
import io.alluvium.trainer.finetune.anchor.Anchors;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.finetune.state.TrainingState;
import java.util.ArrayList;
import java.util.List;
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
  private final List<AnchorStates> made = new ArrayList<>();

  /**
   * Those of a round.
   *
   * @param base its decoder is the training program's
   * @param kept the base's; they outlive this
   * @param parent where the round begins; it outlives this. One that has learned nothing has no
   *     past to be held to
   * @param lineage of the round
   */
  public RoundAnchors(Base base, AnchorStates kept, TrainingState parent, long lineage) {
    AnchorConfig anchors = base.config().anchors();
    long seed = Seeds.mix(lineage, -1);
    this.base = anchors.fresh() == 0 ? kept : made(base.generated(null, anchors.fresh(), seed));
    this.turns = new Turns(this.base, anchors.hard(), seed);
    boolean past = anchors.champion() > 0 && parent.step() > 0;
    this.champion = past ? made(base.generated(parent.adapter(), anchors.champion(), seed)) : null;
    this.own = champion == null ? null : new Turns(champion, anchors.hard(), seed);
  }

  /**
   * What texts are generated with.
   *
   * @param decoder the base; it outlives the round
   * @param config how long texts are, and how many a step has
   */
  public record Base(Decoder decoder, FineTuneConfig config) {
    AnchorStates generated(@Nullable LoraWeights adapter, int count, long seed) {
      Anchors texts = new AnchorMaker(decoder, config).by(adapter, count, seed);
      return new AnchorStates(decoder, texts, config.anchors(), adapter);
    }
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
    made.forEach(AnchorStates::close);
  }

  private AnchorStates made(AnchorStates states) {
    made.add(states);
    return states;
  }
}
