package io.alluvium.trainer.score.scorer;

import io.alluvium.schemas.ScoredExample;
import io.alluvium.trainer.claim.Refusal;

/** What became of an example before the model. */
public sealed interface Scored {

  /** It has its losses. */
  record Measured(ScoredExample example) implements Scored {}

  /** The engine fails on it, and on nothing beside it. */
  record Unscorable(Refusal refusal) implements Scored {}
}
